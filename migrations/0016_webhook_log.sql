-- The log of a webhook, narrowed to one event.
create index delivery_named on delivery (endpoint_key, event, key);
