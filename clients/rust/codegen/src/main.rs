//! Makes the stubs from a descriptor set, so that no protoc is needed: `holdfast-codegen DESCRIPTOR_SET FOLDER`.
//!
//! The set holds every file of `proto/`; only the public package is generated. Well-known types come from prost-types,
//! `google.rpc` from tonic-types.

use std::{env, error::Error, fs};

use prost::Message;
use prost_types::FileDescriptorSet;

fn main() -> Result<(), Box<dyn Error>> {
    let [set, folder] = env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "usage: holdfast-codegen DESCRIPTOR_SET FOLDER")?;
    let mut files = FileDescriptorSet::decode(fs::read(set)?.as_slice())?;
    files.file.retain(|file| ["holdfast.v1", "google.protobuf", "google.rpc"].contains(&file.package()));
    fs::create_dir_all(&folder)?;
    tonic_prost_build::configure()
        .build_server(false)
        .emit_rerun_if_changed(false)
        .extern_path(".google.rpc", "::tonic_types::pb")
        .out_dir(folder)
        .compile_fds(files)?;
    Ok(())
}
