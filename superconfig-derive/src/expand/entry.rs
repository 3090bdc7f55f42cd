//! What an outermost struct can do by itself, without an import.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Path, Visibility};

use crate::model::{Container, Struct};

/// The inherent functions of a struct that says how it is found: by `app`, `env_prefix` or `profiles`.
pub(super) fn points(model: &Container, body: &Struct) -> TokenStream {
    let is_root = body.app.is_some() || body.env_prefix.is_some() || !body.profiles.is_empty();
    if !is_root || !model.generics.params.is_empty() {
        return TokenStream::new();
    }
    functions(&model.ident, &model.vis, &model.krate)
}

/// The functions themselves; also beside an error, so that calling them is not another one.
pub(crate) fn functions(ident: &Ident, vis: &Visibility, krate: &Path) -> TokenStream {
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            /// What is known of these settings: keys, types, defaults, documentation, variables.
            #vis const SCHEMA: &'static __sc::Schema = <Self as __sc::Config>::SCHEMA;

            /// Loads the conventional stack: attribute defaults, discovered files, the profile in the `PROFILE`
            /// variable, `.env`, the environment.
            ///
            /// # Errors
            ///
            /// Everything that is wrong in any of them, in one report.
            #vis fn load() -> __sc::core::result::Result<#krate::ConfigHandle<Self>, #krate::ConfigError> {
                __sc::entry::load()
            }

            /// A commented file with every setting: documentation, type, default, variables. Loading it as it is gives
            /// the defaults.
            #[must_use]
            #vis fn template(format: #krate::Format) -> __sc::std::string::String {
                __sc::Schema::template(<Self as __sc::Config>::SCHEMA, format)
            }

            /// A JSON Schema (draft 2020-12) of files with these settings, with which editors complete and check them.
            #[must_use]
            #vis fn json_schema() -> __sc::std::string::String {
                __sc::Schema::json_schema(<Self as __sc::Config>::SCHEMA)
            }

            /// The variables that these settings can be given in.
            #[must_use]
            #vis fn env_vars() -> __sc::std::vec::Vec<#krate::EnvVar> {
                __sc::Schema::env_vars(<Self as __sc::Config>::SCHEMA)
            }

            /// All settings as Markdown, a table for each struct.
            #[must_use]
            #vis fn reference() -> __sc::std::string::String {
                __sc::Schema::reference(<Self as __sc::Config>::SCHEMA)
            }

            /// The process-wide configuration, if one was installed.
            #[must_use]
            #[inline]
            #vis fn try_current() -> __sc::core::option::Option<#krate::Guard<Self>> {
                __sc::entry::try_current()
            }

            /// The process-wide configuration.
            ///
            /// # Panics
            ///
            /// When none was installed.
            #[must_use]
            #[inline]
            #vis fn current() -> #krate::Guard<Self> {
                __sc::entry::current()
            }
        }
    }
}
