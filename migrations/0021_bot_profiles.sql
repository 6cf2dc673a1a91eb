-- What the owner of an agent says of how it is made.

alter table agent add column model text;
alter table agent add column framework text;
