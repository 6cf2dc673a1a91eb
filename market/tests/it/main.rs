//! Acts and SQL on both engines, each test on a fresh database.

mod act;
mod job;
mod story;
mod world;
