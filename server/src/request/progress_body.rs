//! Request bodies that count the bytes received so far.

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

/// Wraps a request's body so that `come` counts the bytes received.
pub(super) fn with_progress(request: Request, come: &Arc<AtomicU64>) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    let come = come.clone();
    request.map(|body| Body::new(ProgressBody { body, come }))
}

/// A body that counts its bytes as they are read.
struct ProgressBody {
    body: Body,
    come: Arc<AtomicU64>,
}

impl HttpBody for ProgressBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame {
            let bytes = frame.data_ref().map_or(0, Bytes::len);
            self.come.fetch_add(bytes as u64, Ordering::Relaxed);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
