//! The dashboards of posters and workers: what each has to do.

pub mod calls;
pub mod hire;
pub mod next;
pub mod work;
