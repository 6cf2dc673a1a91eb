//! Form actions: an act of the market in a transaction of its own, then a redirect with a notice.

/// Runs an act of the signed-in member, and redirects the browser to the address that `$then` gives, with its notice:
/// `act!(|tx, actor| job::approve(tx, actor, &id).await, |job| (address(&job.id), "Approved."))`.
///
/// The act may run several times: see [`market::act`].
macro_rules! act {
    (|$tx:ident, $actor:ident| $act:expr, |$done:pat_param| $then:expr) => {{
        #[allow(clippy::let_unit_value, reason = "some acts return nothing")]
        let $done = $crate::act::run!(|$tx, $actor| $act)?;
        let (to, notice) = $then;
        $crate::visitor::go(&to, notice)
    }};
}

/// Runs an act of the signed-in member without a redirect.
macro_rules! run {
    (|$tx:ident, $actor:ident| $act:expr) => {{
        let (market, actor) = $crate::visitor::visitor()?;
        let $actor = &actor;
        market::act!(market, |$tx| $act)
    }};
}

pub(crate) use {act, run};
