package io.github.x402sessions.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sentence on a type opens with a noun or a verb, so that a list of types can be
 * read: "Amounts that …" and "Checks …", not "What …" and "Whoever …".
 */
class TypeSentenceTests {

	static final List<String> MODULES = House.MODULES;

	private static final Pattern QUESTION = Pattern.compile(
			"/\\*\\*\\s+\\*\\s+(What|Who|Whoever|How|Where|Whether|Lets|Knows)\\b(?:(?!\\*/).)*+\\*/"
					+ "\\s+(@\\w+(\\([^)]*\\))?\\s+)*([a-z-]+ )*(class|interface|record|enum|@interface) ",
			Pattern.DOTALL);

	@ParameterizedTest
	@FieldSource("MODULES")
	void typesAreNotIntroducedByAQuestion(String module) throws IOException {
		try (Stream<Path> files = Files.walk(House.FOLDER.resolve(module).resolve("src/main/java"))) {
			assertThat(files.filter((file) -> file.toString().endsWith(".java")).filter(TypeSentenceTests::asks))
				.isEmpty();
		}
	}

	private static boolean asks(Path file) {
		try {
			return QUESTION.matcher(Files.readString(file)).find();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
