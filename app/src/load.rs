//! Pages with data: the page waits for its call and is rendered as a whole, or as the error page with the error's status.

use crate::error_page::ErrorPage;
use crate::fault::Fault;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use std::future::Future;

/// Renders the result of a call.
pub fn load<T, V>(
    call: impl Future<Output = Result<T, Fault>> + Send + 'static,
    draw: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    V: IntoView + 'static,
{
    Suspend::new(async move {
        let drawn = match call.await {
            Ok(answer) => draw(answer).into_any(),
            Err(Fault(error)) => view! { <ErrorPage error=error /> }.into_any(),
        };
        // All data is here, so render one inert string: that costs a fraction of streaming the view.
        InertElement::new(drawn.to_html())
    })
}
