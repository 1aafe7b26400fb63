package io.github.x402sessions.test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the module's README compile.
 */
class ReadmeCodeTests {

	private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(.*?)\n```");

	private static final Pattern TYPE = Pattern.compile("(?m)^class (\\w+)");

	@Test
	void examplesCompile(@TempDir Path classes) throws IOException {
		List<JavaFileObject> examples = EXAMPLE.matcher(Files.readString(Path.of("README.md")))
			.results()
			.map((example) -> source(example.group(1)))
			.toList();
		assertThat(examples).hasSizeGreaterThan(2);
		DiagnosticCollector<JavaFileObject> mistakes = new DiagnosticCollector<>();
		ToolProvider.getSystemJavaCompiler()
			.getTask(null, null, mistakes,
					List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")), null,
					examples)
			.call();
		assertThat(mistakes.getDiagnostics()).isEmpty();
	}

	private static JavaFileObject source(String text) {
		String name = TYPE.matcher(text).results().findFirst().orElseThrow().group(1);
		return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return text;
			}

		};
	}

}
