"""Documents for the tests of the stubs: a small one to break clients of, and two that have a bit of everything."""

# ruff: noqa: E501 - documents are written as compactly as YAML allows

from __future__ import annotations

SMALL = r"""
openapi: 3.1.0
info: {title: Things, version: "1.0", x-service: things}
servers: [{url: "https://things.example.com"}]
security: [{Signed: []}]
paths:
  /v1/things:
    get:
      operationId: ListThings
      x-pagination: {style: page, page: page, size: size, first: 0, items: contents}
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: kind, in: query, schema: {type: string, enum: [old, new]}}
        - {$ref: "#/components/parameters/Language"}
        - {$ref: "#/components/parameters/Version"}
      responses:
        "200":
          description: OK
          content: {application/json: {schema: {$ref: "#/components/schemas/Things"}, example: {contents: [{id: "", dotted.name: x}]}}}
    post:
      operationId: CreateThing
      parameters: [{$ref: "#/components/parameters/Version"}]
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Thing"}
            example: {id: "", note: hello, dotted.name: ""}
      responses: {"202": {description: Accepted}, "400": {description: Bad Request}}
  /v1/things/{thing_id}:
    get:
      operationId: ShowThing
      deprecated: true
      x-supported-until: "2020-02-29"
      parameters: [{name: thing_id, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
        "404": {description: Not Found}
        "503": {description: Unavailable}
  /v1/things/{thing_id}/changes:
    get:
      operationId: ListChanges
      parameters:
        - {name: thing_id, in: path, required: true, schema: {type: string}}
        - {name: stream, in: query, required: true, schema: {type: boolean}}
      responses:
        "200":
          description: OK
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}
            text/event-stream: {x-stream-end: over, schema: {$ref: "#/components/schemas/Thing"}}
  /v1/things/{thing_id}/picture:
    get:
      operationId: GetPicture
      parameters: [{name: thing_id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: OK, content: {image/png: {}}}}
components:
  parameters:
    Language: {name: Accept-Language, in: header, schema: {type: string, enum: [ko-KR, en-US], default: en-US}, x-client-option: language}
    Version: {name: X-Version, in: header, required: true, schema: {type: string, const: things 1.0}}
  schemas:
    Things: {type: object, properties: {contents: {type: array, items: {$ref: "#/components/schemas/Thing"}}, total: {type: integer}}}
    Thing:
      type: object
      required: [id]
      properties:
        id: {type: string}
        note: {type: [string, "null"]}
        dotted.name: {type: string}
  securitySchemes:
    Signed:
      type: apiKey
      in: header
      name: X-Signature
      x-signing:
        language: 1
        name: example
        credentials: {access_key: {}, secret_key: {secret: true}}
        steps:
          - {name: message, parts: ["{method}", "{url}", "{timestamp(unix-ms)}"]}
          - {name: signature, parts: ["{message | hmac(sha256, credential.secret_key) | hex}"]}
        emit: {headers: {X-Key: "{credential.access_key}", X-Signature: "{signature}", X-Time: "{timestamp(unix-ms)}"}}
        vectors:
          - method: GET
            url: https://things.example.com/v1/things?page=0
            timestamp: 1605290625682
            credentials: {access_key: a-key, secret_key: a-secret}
            signature: d3e6a5ede167d9d257b1d53cafdd414af2a9eedeb3b18d12d88524c8b1153783
"""

ODD = r"""
openapi: 3.1.0
info: {title: "Pet \"\"\" Store", version: "2024-01-01", description: "x"}
servers: [{url: "https://petstore.example.com/v1"}]
security: [{key: []}]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 5, maximum: 100, multipleOf: 5}}
        - {name: "tags[]", in: query, schema: {type: array, items: {type: string, enum: ["a b", "c,d"]}}}
        - {name: ids, in: query, explode: false, schema: {type: array, items: {type: integer}}}
        - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}, minItems: 2}}
        - {name: rules, in: query, x-style: indexed, schema: {type: array, minItems: 2, items: {type: object, required: [port], properties: {port: {type: integer}, "a b": {type: string}}}}}
        - {name: answer as, in: query, required: true, schema: {type: string, const: j&son}}
        - {name: filter, in: query, style: deepObject, explode: true, schema: {type: object, properties: {color: {type: string}, size: {type: integer}}}}
        - {name: flat, in: query, schema: {type: object, properties: {one: {type: string}, two: {type: number}}}}
        - {name: when, in: query, schema: {type: string, format: date-time}}
        - {name: ok, in: query, schema: {type: boolean, default: false}}
        - {name: "sp ace&=", in: query, schema: {type: string}}
        - {name: X-Trace, in: header, schema: {type: string, example: "x"}}
        - {name: X-List, in: header, schema: {type: array, items: {type: string}}}
        - {name: X-Korean, in: header, schema: {type: string, default: "한글"}}
        - {name: sid, in: cookie, schema: {type: string}}
        - {name: flag, in: cookie, schema: {type: array, items: {type: integer}}}
        - {name: json, in: query, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
        default: {description: err, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
    post:
      operationId: createPets
      requestBody: {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}, required: true}
      responses: {"201": {description: created}, "4XX": {description: bad}, "5XX": {description: worse}}
    head:
      operationId: headPets
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, "404": {description: no}}
    options: {operationId: class, security: [], responses: {"204": {description: nothing}}}
    trace: {operationId: tracePets, responses: {"200": {description: ok}}}
  /pets/{petId}:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: integer, format: int64}}
    get:
      operationId: "show pet by id \" '"
      deprecated: true
      x-supported-until: "1999-12-31"
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {id: 7, name: "", tag: null, "weird\"key": 1, extra: [1,2]}}}}
        "202": {description: later}
        "404": {description: no}
        "429": {description: slow}
        "503": {description: down}
    patch:
      operationId: patchPet
      x-supported-until: soon
      requestBody: {content: {application/merge-patch+json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {"2XX": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/AnyPet'}}}}}
    put:
      operationId: putPet
      x-supported-until: "2020-01-01"
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {id: "wrong", name: "Rex", "unknown": 1, when: "2020", mood: happy, color: red, nested: {a: "", b: {c: ""}}}}}}
      responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}, "204": {description: nothing}}
    delete: {operationId: deletePet, responses: {"204": {description: gone}, "409": {description: c}, "406": {description: n}, "422": {description: u}, "401": {description: a}, "403": {description: f}, "418": {description: t}, "500": {description: i}}}
  /endless:
    get:
      operationId: getEndless
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Endless'}}}}}
    post:
      operationId: postMany
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Many'}}}}}
  /days:
    get:
      operationId: listDays
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string, format: date}}, example: ["2021-01-01"]}}}}
  /measures:
    post:
      operationId: measureForm
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {width: {type: number, default: 3}, height: {type: number, minimum: 2, maximum: 2}}}}}}
      responses: {"200": {description: ok, content: {"*/*": {schema: {type: string, format: byte}}, image/png: {schema: {type: string, format: byte}}}}}
    get:
      operationId: nameOfMeasure
      responses: {"200": {description: ok, content: {application/json: {schema: {type: string, format: uuid}}}}}
    put:
      operationId: measureParts
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {width: {type: number, default: 3}}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {key: {type: string, format: byte}}}, example: {key: "abcd123="}}}}}
    patch:
      operationId: measureRange
      requestBody: {required: true, content: {application/*+json: {schema: {type: object, properties: {width: {type: number}}}}}}
      responses:
        "200":
          description: ok
          content:
            application/hal+json: {schema: {$ref: '#/components/schemas/Linked'}}
            application/json: {schema: {$ref: '#/components/schemas/Plain'}}
  /files/{name}.{ext}/raw:
    parameters:
      - {name: ext, in: path, required: true, schema: {type: string, enum: ["", ".", tar.gz]}}
      - {name: name, in: path, required: true, schema: {type: string}}
    put:
      operationId: upload
      requestBody: {required: true, content: {application/octet-stream: {}}}
      responses: {default: {description: ok, content: {application/octet-stream: {}}}}
    post:
      operationId: uploadForm
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}}}
      responses: {"200": {description: ok, content: {application/json: {}}}}
    get:
      operationId: download
      parameters:
        - {name: m, in: query, required: true, schema: {type: string, minLength: 3, maxLength: 4}}
        - {name: label, in: query, schema: {$ref: '#/components/schemas/Kind'}}
      responses: {"200": {description: ok, content: {image/png: {schema: {type: string, format: binary}}}}}
  /styles/{a}/{b}/{c}/{d}:
    get:
      operationId: styles
      parameters:
        - {name: a, in: path, required: true, style: label, schema: {type: integer}}
        - {name: b, in: path, required: true, style: matrix, schema: {type: array, items: {type: integer}}}
        - {name: c, in: path, required: true, style: simple, explode: true, schema: {type: object, properties: {x: {type: string}, y: {type: boolean}}}}
        - {name: d, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: string}, minItems: 2}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: string}}}}}
  /items:
    get:
      operationId: listMarked
      x-pagination: {style: marker, page: marker, size: limit, items: result.items}
      parameters: [{name: limit, in: query, required: true, schema: {type: integer}}, {name: marker, in: query, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Marked'}}}}}
    post:
      operationId: listOffset
      x-pagination: {style: offset, page: offset, size: limit, items: result.items, first: 0}
      parameters: [{name: offset, in: query, required: true, schema: {type: integer}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Query'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Marked'}}}}}
  /prim:
    put:
      operationId: setNumber
      requestBody: {required: true, content: {application/json: {schema: {type: integer, minimum: 3}, example: 2}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: number}, example: "x"}}}}
    post:
      operationId: anything
      requestBody: {content: {application/json: {schema: {}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {}, example: {a: [1, "", {b: ""}]}}}}}
    get:
      operationId: mapOfThings
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, additionalProperties: {$ref: '#/components/schemas/Pet'}}}}}, "302": {description: moved}, "304": {description: same}}
components:
  schemas:
    Endless: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/Endless'}}}
    Many: {type: object, required: [rows], properties: {rows: {type: array, minItems: 20, items: {$ref: '#/components/schemas/Row'}}}}
    Row: {type: object, required: [a, b, c, d, e, f, g, h, i, j], properties: {a: {type: integer}, b: {type: integer}, c: {type: integer}, d: {type: integer}, e: {type: integer}, f: {type: integer}, g: {type: integer}, h: {type: integer}, i: {type: integer}, j: {type: integer}}}
    Plain: {type: object, properties: {width: {type: number}}}
    Linked: {type: object, properties: {width: {type: number}, _links: {type: object, properties: {self: {type: string}}}}}
    Kind: {type: string, enum: ["x\"y", z]}
    Error: {type: object, required: [code], properties: {code: {type: integer}, message: {type: string}}}
    AnyPet: {oneOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Error'}]}
    Query: {type: object, required: [q, self], properties: {q: {type: string, minLength: 30}, self: {type: string}, body: {type: string}, timeout: {type: integer, exclusiveMinimum: 10, exclusiveMaximum: 12}, offset: {type: [integer, "null"]}, nothing: {type: "null"}}}
    Marked: {type: object, required: [result], properties: {result: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
    Pet:
      type: object
      required: [id, name, color]
      properties:
        id: {type: integer, format: int64}
        name: {type: string, maxLength: 5}
        color: {$ref: '#/components/schemas/Kind'}
        tag: {type: [string, "null"]}
        created: {type: string, readOnly: true}
        pass_word: {type: string, format: password, writeOnly: true}
        when: {type: string, format: date-time}
        mood: {enum: [happy, 3, 1.5, true, null]}
        "weird\"key": {type: integer}
        "a-b": {type: string}
        "a_b": {type: string}
        a.b: {type: string}
        parent: {$ref: '#/components/schemas/Pet'}
        children: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        maybe: {anyOf: [{type: integer}, {type: array, items: {type: string}}, {type: "null"}]}
        free: {}
        map: {type: object, additionalProperties: {type: array, items: {type: number}}}
        nested: {type: object, required: [b], additionalProperties: true, properties: {a: {type: string}, b: {type: object, required: [c], properties: {c: {type: boolean}}}}}
  securitySchemes:
    key: {type: apiKey, in: query, name: "api key"}
"""

BARE = r"""
openapi: 3.0.3
info: {title: "signing", version: "v1"}
paths:
  /things:
    put:
      operationId: star
      security: [{bearer: []}]
      requestBody: {required: true, content: {"*/*": {schema: {type: object, properties: {a: {type: string}}}}}}
      responses: {"200": {description: ok, content: {"*/*": {schema: {type: object, properties: {a: {type: string}}}}}}}
    get:
      operationId: none
      security: [{bearer: []}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: string, format: date-time}, example: "2024-07-30T04:54:33.219373"}}}, "204": {description: no}}
    delete:
      operationId: del
      security: [{bearer: []}]
      parameters: [{name: Cookie, in: header, schema: {type: string}}, {name: Host, in: header, schema: {type: string}}, {name: c, in: cookie, required: true, schema: {type: string, default: "ä;b"}},{name: User-Agent, in: header, schema: {type: string}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Loop'}}}}
      responses: {"204": {description: ok, content: {application/json: {schema: {type: string}}}}}
    patch:
      operationId: noschema
      security: [{bearer: []}]
      requestBody: {required: true, content: {application/json: {example: {a: 1}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}, example: {left: {left: {}}, value: 1, "dotted.name": 2, dotted_name: 3, dotted_name_: 4}}}}}
  /more:
    post:
      operationId: loops
      security: [{bearer: []}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Infinite'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Infinite'}}}}}
    put:
      operationId: tree
      security: [{bearer: []}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Tree'}, example: {left: {left: {}}, value: 1}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Loop'}}}}}
    patch:
      operationId: dated
      security: [{bearer: []}]
      requestBody: {required: true, content: {application/json: {schema: {type: object, nullable: true, properties: {d: {type: string, format: date-time, nullable: true, example: x}, n: {type: number, maximum: -5, exclusiveMaximum: true, minimum: -6}}}, example: {d: "2024-02-30T00:00:00Z", n: -5}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: string, format: date-time}}}}}, 4XX: {description: x}, "418": {description: x}, default: {description: z}}
components:
  schemas:
    Loop: {type: array, items: {$ref: '#/components/schemas/Loop'}}
    Infinite: {type: object, required: [me], properties: {me: {$ref: '#/components/schemas/Infinite'}}}
    Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree'}, right: {nullable: true, allOf: [{$ref: '#/components/schemas/Tree'}]}, value: {type: number}, dotted.name: {type: integer}}}
  securitySchemes:
    bearer: {type: http, scheme: bearer}
"""

FORMS = r"""
openapi: 3.1.0
info: {title: Forms, version: "1"}
paths:
  /pairs:
    post:
      operationId: pairs
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {$ref: "#/components/schemas/Fields"}
            encoding:
              joined: {style: form, explode: false}
              piped: {style: pipeDelimited, explode: false}
              deep: {style: deepObject, explode: true}
              json: {contentType: application/json}
              exploded: {explode: true}
      responses: {"204": {description: done}}
  /parts:
    post:
      operationId: parts
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {$ref: "#/components/schemas/Fields"}
            encoding:
              joined: {contentType: text/plain}
              json: {contentType: application/json, headers: {X-Part: {schema: {type: string, const: one}}}}
              deep: {contentType: application/vnd.deep+json}
              piped: {style: pipeDelimited}
              note: {contentType: "text/plain, text/html"}
      responses: {"204": {description: done}}
components:
  schemas:
    Fields:
      type: object
      required: [joined, deep]
      properties:
        joined: {type: array, minItems: 2, items: {type: string}}
        piped: {type: array, minItems: 2, items: {type: string}}
        deep: {type: object, required: [a], properties: {a: {type: integer}, "b c": {type: string}}}
        json: {type: array, minItems: 2, items: {type: object, required: [x], properties: {x: {type: string}}}}
        exploded: {type: array, minItems: 2, items: {type: integer}}
        note: {type: string, minLength: 9}
"""

SCHEMAS_ONLY = r"""
openapi: 3.1.0
info: {title: Schemas, version: "1.0"}
servers: [{url: "https://schemas.example.com"}]
components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}
"""

# Discriminators whose property a member has not, or has as a number: no value of theirs can be sent.
TOLD_APART = r"""
openapi: 3.1.0
info: {title: Testing, version: "1.0"}  # pytest takes classes whose name begins so for tests
servers: [{url: "https://apart.example.com"}]
paths:
  /absent:
    post:
      operationId: absent
      requestBody: {content: {application/json: {schema: {
        oneOf: [{$ref: '#/components/schemas/One'}, {type: string}], discriminator: {propertyName: missing}}}}}
      responses: {"204": {description: done}}
  /number:
    post:
      operationId: number
      requestBody: {content: {application/json: {schema: {
        oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}],
        discriminator: {propertyName: n}}}}}
      responses: {"204": {description: done}}
components:
  schemas:
    One: {type: object, properties: {n: {type: integer, enum: [1]}}, required: [n]}
    Two: {type: object, properties: {n: {type: integer, enum: [2, 3]}}, required: [n]}
"""

# Every way in which a list goes on.
PAGED = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /linked:
    get: {operationId: listLinked, x-pagination: {style: link, items: $}, responses: &list {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Item'}}}}}}}
  /told:
    get: {operationId: listTold, x-pagination: {style: url, items: items, next: next}, responses: &told {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}}
  /marked:
    get:
      operationId: listMarked
      parameters: [{name: after, in: query, schema: {type: string}}]
      x-pagination: {style: marker, page: after, items: $, next-header: X-Next}
      responses: *list
  /searched:
    post:
      operationId: searchThings
      x-pagination: {style: marker, page: cursor, items: items, next: next}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Search'}}}}
      responses: *told
  /asked:
    post:
      operationId: askThings
      x-pagination: {style: marker, page: cursor, items: items, next: next}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Asked'}}}}
      responses: *told
  /filtered/{place}:
    post:
      operationId: filterThings
      parameters: [{name: place, in: path, required: true, schema: {type: string}}]
      x-pagination: {style: offset, page: skip, items: $}
      requestBody: {required: true, content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/Filter'}]}}}}
      responses: *list
components:
  schemas:
    Item: {type: object, required: [id], properties: {id: {type: string}}}
    Page: {type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Item'}}, next: {type: string}}}
    Search: {type: object, properties: {words: {type: string}, cursor: {type: string}}}
    Asked: {type: object, required: [words], properties: {words: {type: string}, cursor: {type: string}}}
    Filter: {type: object, required: [kind], properties: {kind: {type: string}, skip: {type: integer}}}
"""
