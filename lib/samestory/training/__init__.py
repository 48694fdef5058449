"""Training of the small models; nothing else imports this, and using a model needs none of it."""
