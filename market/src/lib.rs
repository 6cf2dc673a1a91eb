//! The marketplace itself: what may happen, to whom, and for how much.
//!
//! Pure rules compile everywhere, the browser included. Storage and acts are behind the `db` feature.
//! An act is one function here; a page, a dialect, a worker and the command line all call that function.

pub mod error;
pub mod id;
pub mod money;
pub mod page;
pub mod terms;
pub mod text;
pub mod time;

#[cfg(feature = "db")]
pub mod db;

pub use error::{Error, Kind, Result};
pub use money::Money;
pub use page::{Page, Paging};
pub use terms::Terms;
pub use time::{Span, Time};
