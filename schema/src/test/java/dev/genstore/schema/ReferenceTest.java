package dev.genstore.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/** Schemas lead nowhere but into themselves, by whatever way they try. */
class ReferenceTest {
    private static final JsonSchemaReader READER = new JsonSchemaReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'@'}",
                "{'$ref':'@#/a'}",
                "{'$dynamicRef':'@'}",
                "{'properties':{'a':{'items':{'$ref':'@'}}}}",
                "{'$ref':'#/x','x':{'$ref':'@'}}",
                "{'$ref':'#/x','x':{'$id':'@','$ref':'other.json'}}",
                "{'$ref':'#/x','x':{'$schema':'@'}}",
                "{'$schema':'@'}",
                "{'$id':'@','$ref':'other.json'}",
                "{'$id':'@','$ref':'#/other'}"
            })
    void nothing_is_fetched_and_the_schema_is_refused(String template) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/schema.json";
            assertRefused(template.replace("@", url));
            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/hostname",
                "classpath:draft/2020-12/schema",
                "resource:draft/2020-12/schema",
                "https://json-schema.org/draft/2020-12/schema",
                "https://json-schema.org/draft-07/schema#",
                "other.json"
            })
    void nothing_of_the_computer_or_of_the_library_is_read_either(String url) {
        assertRefused("{'$ref':'" + url + "'}");
        assertRefused("{'$ref':'#/x','x':{'$ref':'" + url + "'}}");
    }

    /** Even if a rule were forgotten. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/schema.json",
                "file:///etc/hostname",
                "classpath:draft/2020-12/schema",
                "https://json-schema.org/draft-07/schema#",
                "other.json"
            })
    void the_library_itself_is_kept_from_loading(String url) {
        JsonNode schema = json("{\"$ref\":\"" + url + "\"}").tree();
        assertThatThrownBy(() -> Draft.compile(schema)).isInstanceOf(Problem.class);
    }

    private static void assertRefused(String schema) {
        assertThatThrownBy(() -> READER.read(json(schema.replace('\'', '"')).tree()))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type())
                                .isEqualTo(ProblemType.INVALID_DEFINITION));
    }

    private static Json json(String text) {
        return Json.trusted(text.getBytes(UTF_8));
    }
}
