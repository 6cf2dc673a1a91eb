//! Rendering of delivered texts on blocking threads: long ones take a while, so few are rendered at a time.

use market::queue::Queue;
use market::{Error, Kind, Result};
use std::sync::LazyLock;

/// The most texts that are rendered at a time.
const LAYOUTS_MAX: usize = 2;
/// The most texts that wait to be rendered.
const LAYOUTS_WAITING_MAX: usize = 32;

static LAYOUTS: LazyLock<Queue> = LazyLock::new(|| Queue::new(LAYOUTS_MAX, LAYOUTS_WAITING_MAX));

/// Runs the rendering of a text when its turn comes.
pub(super) async fn lay_out<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let turn = LAYOUTS.turn().await.ok_or_else(crowded)?;
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    done.await.map_err(|_| Error::internal())
}

fn crowded() -> Error {
    Error::new(Kind::Unavailable, "busy", "Too many texts are being shown at this moment. Try again in a moment.").with("retry_after", 1)
}
