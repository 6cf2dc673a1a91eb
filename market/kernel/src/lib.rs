//! The shared vocabulary of the program: errors, money, time, ids, checked text, pages of a list.
//!
//! Everything here is pure, has no features, and compiles for the browser as well.

pub mod error;
/// Ids are made and read on the server; the browser handles them as text.
#[cfg(not(target_arch = "wasm32"))]
pub mod id;
pub mod money;
pub mod page;
pub mod text;
pub mod time;
pub mod value;

pub use error::{Error, Kind, Result};
pub use money::Money;
pub use page::{Page, Paging};
pub use time::{Span, Time};
pub use value::Value;
