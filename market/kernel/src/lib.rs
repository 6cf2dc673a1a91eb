//! The shared vocabulary of the program: errors, money, time, ids, checked text, pages of a list.
//!
//! Everything here is pure, has no features, and compiles for the browser as well.

pub mod error;
pub mod id;
pub mod money;
pub mod next;
pub mod page;
pub mod text;
pub mod time;
pub mod value;

pub use error::{Error, Kind, Result};
pub use money::Money;
pub use next::Next;
pub use page::{Page, Paging};
pub use time::{Duration, Time};
pub use value::Value;
