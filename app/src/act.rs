//! Form actions: an act of the market in a transaction of its own, then a redirect with a notice.

/// Runs an act of the signed-in member, and redirects the browser to the address that `$then` gives, with its notice:
/// `act!(|tx, actor| job::approve(tx, actor, &id).await, |job| (address(&job.id), "Approved."))`.
///
/// The act may run several times: see [`market::act`]. A second press of the same form gets the first one's redirect.
macro_rules! act {
    (|$tx:ident, $actor:ident| $act:expr, |$done:pat_param| $then:expr) => {{
        let done = $crate::act::once!(|$tx, $actor| $act, |$done| {
            let (to, notice) = $then;
            $crate::once::Done::new(to, notice)
        })?;
        done.go()
    }};
}

/// Runs an act of the signed-in member once for each drawn form, and returns the [`Done`](crate::once::Done) that `$then` gives, or
/// the first press's.
macro_rules! once {
    (|$tx:ident, $actor:ident| $act:expr, |$done:pat_param| $then:expr) => {{
        let ticket = $crate::once::of_this_form()?;
        $crate::act::run!(|$tx, $actor| Ok::<_, market::Error>(match $crate::once::claim($tx, ticket.as_ref()).await? {
            Some(first) => first,
            None => {
                #[allow(clippy::let_unit_value, reason = "some acts return nothing")]
                let $done = $act?;
                $crate::once::keep($tx, ticket.as_ref(), $then).await?
            }
        }))
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

pub(crate) use {act, once, run};
