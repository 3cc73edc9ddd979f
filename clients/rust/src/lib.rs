//! Stubs of Holdfast: durable tasks for AI agents. The services' clients are in the modules of
//! [`v1`] that end in `_client`. Error details come with [`tonic_types::StatusExt`].

/// The package `holdfast.v1`: its comments are the manual.
pub mod v1 {
    // Documentation of the protos, not of Rust.
    #![allow(rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags, clippy::doc_lazy_continuation)]
    include!("gen/holdfast.v1.rs");
}
