-- Who hears of a happening besides the team whose it is: team ids and topics, with a space between them.
alter table event add column audience text not null default '';

-- The same, to find what one of them heard.
create table event_audience (
    topic  text    not null,
    seq    bigint  not null,
    primary key (topic, seq)
);
