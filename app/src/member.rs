//! Members: signing up, signing in, and being recognised.

pub mod sign_in;
pub mod sign_up;

#[cfg(feature = "ssr")]
pub(crate) async fn remembered(
    _: &market::Market,
    _: &tower_sessions::Session,
) -> market::Result<(Option<market::Actor>, Option<crate::visitor::Who>)> {
    Ok((None, None))
}
