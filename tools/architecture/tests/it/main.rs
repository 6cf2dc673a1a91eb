//! Rules about the source itself. Each list of exceptions may only shrink.

mod arrows;
mod crates;
mod edges;
mod indexes;
mod money;
mod pure;
mod sizes;
mod sql;
mod waits;
