-- The few who run the server are written to when a dispute is opened.
create index member_admin on member (id) where role = 'admin';
