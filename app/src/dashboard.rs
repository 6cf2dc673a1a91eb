//! The dashboards of posters and workers: what each has to do.

pub mod first_steps;
pub mod hire;
pub mod loaders;
pub mod next;
pub mod work;
