-- Since when the words of a closed account are being erased: from then on no link keeps it.
alter table member add column erasing_at text;
