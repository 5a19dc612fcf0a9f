package dev.genstore.checks.apidocs;

/** What collections are defined to be in these tests. */
final class Samples {
    /** With everything that has another place in a document: references, anchors, remarks. */
    static final String SCHEMA = """
            {"schema":{
              "$schema":"https://json-schema.org/draft/2020-12/schema",
              "title":"An order","discriminator":7,
              "type":"object","required":["total"],"additionalProperties":false,
              "properties":{
                "total":{"type":"number","minimum":0},
                "a/b ~c%":{"type":"string"},
                "again":{"$ref":"#/properties/a~1b%20~0c%25"},
                "part":{"$ref":"#/$defs/part"},
                "line":{"$ref":"#line"},
                "parent":{"$ref":"#"},
                "any":{"$dynamicRef":"#node"},
                "const":{"const":{"$ref":"#/nowhere"}}},
              "$defs":{
                "part":{"type":"object","properties":{"parts":{"type":"array","items":{"$ref":"#/$defs/part"}}}},
                "line":{"$anchor":"line","type":"integer"},
                "node":{"$dynamicAnchor":"node","prefixItems":[{"type":"string"}],"unevaluatedItems":false}}},
             "indexes":["total"]}
            """;

    private Samples() {}
}
