-- The language of the work, in the poster's own words.
alter table job add column language text;
