-- Wrong codes of a second factor from browsers that are signed in, counted apart from those of sign-ins, and the last letter about them.

alter table second_factor add column wrong_inside bigint not null default 0;
alter table second_factor add column wrong_inside_since text;
alter table second_factor add column warned_at text;
