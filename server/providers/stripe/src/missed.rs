//! Events that Stripe could not deliver: after a long outage of ours it may have given up.

use super::news;
use super::objects::List;
use super::transport::{Ask, Stripe};
use market::payment::News;
use market::{Duration, Result, Time};
use serde_json::value::RawValue;
use stripe_client_core::StripeRequest;
use stripe_core::event::ListEvent;
use stripe_types::{RangeBoundsTs, RangeQueryTs};

/// The events of a page, and the most pages of one round.
const PAGE: i64 = 20;
const PAGES_MAX: usize = 50;
/// The time for which Stripe's list goes back, less a day.
const GOES_BACK: Duration = Duration::days(29);

/// Lists the events that were not delivered, oldest first.
pub(crate) async fn list(stripe: &Stripe, now: Time) -> Result<Vec<News>> {
    let since = RangeBoundsTs { gte: Some(now.before(GOES_BACK).seconds()), ..RangeBoundsTs::default() };
    let mut found: Vec<News> = Vec::new();
    for _ in 0..PAGES_MAX {
        let mut request = ListEvent::new().delivery_success(false).limit(PAGE).created(RangeQueryTs::Bounds(since));
        if let Some(last) = found.last() {
            request = request.starting_after(&last.id);
        }
        let page: List<Box<RawValue>> = stripe.send(Ask::of(request.build())).await?;
        found.extend(page.data.iter().filter_map(|event| news::of_event(event.get(), stripe.is_live()).ok()));
        if !page.has_more {
            break;
        }
    }
    found.reverse();
    Ok(found)
}
