//! The two dashboards: what a poster has to do, what a worker has to do.

pub mod calls;
pub mod hire;
pub mod next;
pub mod work;
