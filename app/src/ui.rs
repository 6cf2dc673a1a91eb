//! The component kit that any page may use. Styles are in `style/components`, one file per component.

pub mod amount;
pub mod chart;
pub mod confirm;
pub mod copy;
pub mod count;
pub mod countdown;
pub mod field;
pub mod figures;
pub mod flash_notice;
pub mod form;
pub mod group;
pub mod hallmark;
pub mod id;
pub mod layout;
pub mod live;
pub mod next;
pub mod notice;
pub mod pager;
pub mod permission;
pub mod preview;
pub mod public_page;
pub mod status;
pub mod status_banner;
pub mod table;
pub mod theme;
pub mod timeline;
pub mod when;
pub mod written;

pub use islands::icon;
