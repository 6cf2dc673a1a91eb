//! Bytes in a folder and in a bucket: what goes in comes out, and what broke off leaves nothing.

#![allow(clippy::unwrap_used, reason = "a test that can't go on stops where it is")]

mod bucket;
mod contract;
mod export;
mod folder;
