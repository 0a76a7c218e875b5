//! What values are written with: serde's calls, as JSON on a page. Nothing is decided here about order.

use super::page::{Object, Page};
use serde::ser::{self, Serialize};
use std::fmt;

/// Writes one value on a page.
pub(super) struct Pen<'a>(pub(super) &'a mut Page);

/// Something that has no JSON.
#[derive(Debug)]
pub(super) struct NoJson;

impl fmt::Display for NoJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it has no JSON")
    }
}

impl std::error::Error for NoJson {}

impl ser::Error for NoJson {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl From<fmt::Error> for NoJson {
    fn from(_: fmt::Error) -> Self {
        Self
    }
}

type Written = Result<(), NoJson>;

/// A list that is being written; `closing` ends it.
pub(super) struct List<'a> {
    page: &'a mut Page,
    is_first: bool,
    closing: &'static [u8],
}

/// An object that is being written; `closing` comes after it.
pub(super) struct Members<'a> {
    page: &'a mut Page,
    object: Object,
    closing: &'static [u8],
}

impl<'a> Pen<'a> {
    /// `{"Variant":`, which `}` closes.
    fn variant(&mut self, variant: &str) {
        self.0.raw(b"{");
        self.0.word(variant);
        self.0.raw(b":");
    }

    fn list(self, closing: &'static [u8]) -> List<'a> {
        self.0.raw(b"[");
        List { page: self.0, is_first: true, closing }
    }

    fn members(self, closing: &'static [u8]) -> Members<'a> {
        let object = self.0.begin();
        Members { page: self.0, object, closing }
    }
}

/// Numbers, as they are shown.
macro_rules! numbers {
    ($($method:ident $number:ty),*) => {$(
        fn $method(self, number: $number) -> Written {
            self.0.raw(itoa::Buffer::new().format(number).as_bytes());
            Ok(())
        }
    )*};
}

impl<'a> ser::Serializer for &'a mut Pen<'_> {
    type Ok = ();
    type Error = NoJson;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    numbers!(
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_i128 i128, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32,
        serialize_u64 u64, serialize_u128 u128
    );

    fn serialize_bool(self, value: bool) -> Written {
        self.0.raw(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.0.raw(serde_json::to_string(&value).map_err(|_| NoJson)?.as_bytes());
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Written {
        self.0.raw(serde_json::to_string(&value).map_err(|_| NoJson)?.as_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.0.quoted(value);
        Ok(())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Written {
        Ok(self.0.shown(value)?)
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.0.raw(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.0.word(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.variant(variant);
        value.serialize(&mut Pen(self.0))?;
        self.0.raw(b"}");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, NoJson> {
        Ok(Pen(self.0).list(b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, NoJson> {
        Ok(Pen(self.0).list(b"]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>, NoJson> {
        Ok(Pen(self.0).list(b"]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, NoJson> {
        self.variant(variant);
        Ok(Pen(self.0).list(b"]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, NoJson> {
        Ok(Pen(self.0).members(b""))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, NoJson> {
        Ok(Pen(self.0).members(b""))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, NoJson> {
        self.variant(variant);
        Ok(Pen(self.0).members(b"}"))
    }
}

impl List<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        if !std::mem::take(&mut self.is_first) {
            self.page.raw(b",");
        }
        value.serialize(&mut Pen(self.page))
    }

    fn close(self) {
        self.page.raw(self.closing);
    }
}

impl Members<'_> {
    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.page.begin_member(self.object);
        key.serialize(&mut Pen(self.page))?;
        if !self.page.quote_key() {
            return Err(NoJson);
        }
        self.page.end_key(&mut self.object, false);
        Ok(())
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut Pen(self.page))?;
        self.page.end_member();
        Ok(())
    }

    /// A member whose key is a word of ours.
    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        self.page.begin_member(self.object);
        self.page.word(key);
        self.page.end_key(&mut self.object, key.is_ascii());
        self.value(value)
    }

    fn close(self) {
        self.page.end(self.object);
        self.page.raw(self.closing);
    }
}

/// The same in each of serde's names for a list.
macro_rules! lists {
    ($($kind:ident $method:ident),*) => {$(
        impl ser::$kind for List<'_> {
            type Ok = ();
            type Error = NoJson;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                self.element(value)
            }

            fn end(self) -> Written {
                self.close();
                Ok(())
            }
        }
    )*};
}

lists!(
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
);

/// The same in each of serde's names for an object with known keys.
macro_rules! structs {
    ($($kind:ident),*) => {$(
        impl ser::$kind for Members<'_> {
            type Ok = ();
            type Error = NoJson;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Written {
                self.field(key, value)
            }

            fn end(self) -> Written {
                self.close();
                Ok(())
            }
        }
    )*};
}

structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = NoJson;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.value(value)
    }

    fn end(self) -> Written {
        self.close();
        Ok(())
    }
}
