"""The document room: OpenAPI text comes in, nodes that know their place, references and checked rules go out."""
