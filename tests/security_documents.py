"""Documents for the tests of security: every way to combine schemes in one, and another with schemes of its own."""

from __future__ import annotations

HEAD = """\
openapi: 3.1.0
info: {title: Shop, version: "1", x-service: shop}
servers: [{url: "https://shop.example.com"}]
"""

SHOP = f"""{HEAD}
security: [{{Key: []}}, {{User: []}}]
paths:
  /either: {{get: {{operationId: get_either, responses: {{"204": {{description: ok}}}}}}}}
  /both:
    post:
      operationId: send_both
      security: [{{Key: [], App: [], User: []}}]
      requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}
      responses: {{"204": {{description: ok}}}}
  /signed:
    get:
      operationId: get_signed
      parameters: [{{name: q, in: query, schema: {{type: string}}}}]
      security: [{{Signed: [], App: []}}]
      responses: {{"204": {{description: ok}}}}
  /jar:
    get:
      operationId: get_jar
      parameters: [{{name: mine, in: cookie, schema: {{type: string}}}}]
      security: [{{Jar: [], Tin: []}}]
      responses: {{"204": {{description: ok}}}}
  /maybe:
    get: {{operationId: get_maybe, security: [{{}}, {{Login: [read]}}], responses: {{"204": {{description: ok}}}}}}
  /open: {{get: {{operationId: get_open, security: [], responses: {{"204": {{description: ok}}}}}}}}
  /alike:
    get:
      operationId: get_alike
      parameters:
        - {{name: X-Key, in: header, required: true, schema: {{type: string}}}}
        - {{name: app id, in: query, required: true, schema: {{type: string}}}}
      security: [{{Key: [], App: []}}]
      responses: {{"204": {{description: ok}}}}
  /clash:
    get:
      operationId: get_clash
      security: [{{Login: [], User: [], Key: []}}]
      responses: {{"204": {{description: ok}}}}
components:
  securitySchemes:
    Key: {{type: apiKey, in: header, name: X-Key}}
    App: {{type: apiKey, in: query, name: app id}}
    Jar: {{type: apiKey, in: cookie, name: jar}}
    Tin: {{type: apiKey, in: cookie, name: tin}}
    User: {{type: http, scheme: basic}}
    Login: {{type: http, scheme: bearer}}
    Unused: {{type: apiKey, in: header, name: X-Unused}}
    Signed:
      type: apiKey
      in: header
      name: X-Proof
      x-signing:
        language: 1
        name: keyed
        credentials: {{secret_key: {{secret: true}}}}
        steps:
          - name: message
            separator: "\\n"
            parts: ["{{method}}", "{{url}}", "{{timestamp(unix-ms)}}"]
          - name: proof
            parts: ["{{message | hmac(sha256, credential.secret_key) | hex}}"]
        emit: {{headers: {{X-Proof: "{{proof}}", X-Time: "{{timestamp(unix-ms)}}"}}}}
"""

ZOO = """\
openapi: 3.1.0
info: {title: Zoo, version: "2", x-service: zoo}
servers: [{url: "https://zoo.example.com"}]
security: [{Key: []}]
paths:
  /animals: {get: {operationId: list_animals, responses: {"204": {description: ok}}}}
components:
  securitySchemes:
    Key: {type: http, scheme: bearer}
"""
