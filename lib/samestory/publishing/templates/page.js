// What a page does beyond being read: tables filter (sortable.min.js sorts them), passages are copied with their source.
(() => {
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const sources = JSON.parse(document.getElementById('sources')?.textContent ?? '{}');

  // On a phone each row becomes a card. A table that is laid out as blocks is no table to a screen reader
  // unless its roles are written (Roselli 2018, "Tables, CSS display properties, and ARIA").
  const asCards = (table, rows) => {
    const heads = [...table.tHead.rows[0].cells].map(head => head.textContent);
    table.classList.add('cards');
    table.setAttribute('role', 'table');
    for (const part of [table.tHead, table.tBodies[0]]) part.setAttribute('role', 'rowgroup');
    for (const head of table.tHead.rows[0].cells) head.setAttribute('role', 'columnheader');
    for (const row of [table.tHead.rows[0], ...rows]) row.setAttribute('role', 'row');
    for (const row of rows) {
      for (const [n, cell] of [...row.cells].entries()) {
        cell.setAttribute('role', cell.tagName === 'TH' ? 'rowheader' : 'cell');
        cell.dataset.label = heads[n];
      }
    }
  };

  for (const table of document.querySelectorAll('.table-frame table')) {
    const rows = [...table.tBodies[0]?.rows ?? []];
    if (!rows.length || !table.tHead) continue;
    if (rows.some(row => row.querySelector('td.passage, td.link'))) asCards(table, rows);
    if (rows.length < 2) continue;
    table.classList.add('sortable', 'n-last');
    for (const head of table.tHead.rows[0].cells) {
      if (!head.textContent || head.classList.contains('link')) { head.classList.add('no-sort'); continue; }
      const button = make('button', head.textContent, {type: 'button', title: 'Sort by this column'});
      head.replaceChildren(button);
    }
    if (rows.length < 8) continue;
    const box = make('label', 'Find in this table ', {class: 'finder'});
    const input = box.appendChild(make('input', '', {type: 'search'}));
    const found = box.appendChild(make('output', ''));
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
        shown += !row.hidden;
      }
      found.textContent = words.length ? ` ${shown} of ${rows.length} rows` : '';
    });
    table.parentNode.before(box);
  }

  const copied = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(make('textarea', text));
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  };
  for (const link of document.querySelectorAll('td.link a[href*="#"], blockquote a[href*="#"]')) {
    const place = link.closest('blockquote, tr');
    if (place.tagName === 'TR' && place.querySelectorAll('td.link a').length > 1) continue;
    const article = link.hash.replace(/\d+$/, '');
    const source = Object.keys(sources).find(key => article.endsWith(key));
    const texts = [...place.querySelectorAll('q, td.passage')].map(one => one.textContent);
    const text = texts.sort((a, b) => b.length - a.length)[0];
    if (!source || !text) continue;
    const button = make('button', 'Copy', {type: 'button', class: 'copy', title: 'Copy this passage with its source'});
    button.addEventListener('click', () => copied(button, `“${text}” (${sources[source]})`));
    link.after(' ', button);
  }
})();
