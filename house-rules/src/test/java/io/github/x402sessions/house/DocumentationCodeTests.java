package io.github.x402sessions.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import io.github.x402sessions.facilitator.config.AccessProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.site.CodeBlock;
import io.github.x402sessions.spring.X402Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The code on the pages that are for people who begin is right: Java compiles, properties
 * are ones that there are, versions are those of the build. Commands, and Kotlin, are run
 * by {@code docs/walk}, so they stand only where it goes.
 */
class DocumentationCodeTests {

	private static final String ADDRESS = "GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG";

	/** What the pages leave to their reader. */
	private static final Map<String, Object> READERS_OWN = Map.of("PAY_TO", ADDRESS, "SERVER_STELLAR_ADDRESS", ADDRESS,
			"SESSION_FACILITATOR_URL", "https://facilitator.example", "FACILITATOR_KEY", "key");

	private static final List<String> PAGES = List.of("start/README", "start/spring", "start/servlet", "start/kotlin",
			"going-live", "how-it-works", "costs", "comparison", "faq", "typescript");

	private static final Set<String> WALKED = Set.of("start/README", "start/spring", "start/servlet", "start/kotlin",
			"going-live");

	private static final Set<String> CHECKED = Set.of("java", "properties", "xml", "yaml");

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Pattern PROPERTY = Pattern.compile("\"name\": \"([\\w.-]+)\"");

	/** The names of all properties that something on the class path reads. */
	private static final Set<String> KNOWN = known();

	@TempDir
	Path classes;

	static Stream<String> pages() {
		return PAGES.stream();
	}

	static Stream<String> walked() {
		return WALKED.stream().sorted();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void nothingIsUnchecked(String page) {
		assertThat(blocks(page)).allSatisfy((block) -> {
			if (WALKED.contains(page)) {
				assertThat(block.language()).isIn("sh", "text", "kotlin", "java", "properties", "xml", "yaml");
			}
			else if (!block.language().equals("ts")) {
				assertThat(block.language()).isIn(CHECKED);
			}
		});
	}

	@ParameterizedTest
	@MethodSource("walked")
	void theWalkGoesThere(String page) {
		String walk = text(House.FOLDER.resolve("docs/walk"));
		assertThat(walk).containsAnyOf("docs/" + page + ".md", page.replace("start/", ""));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void javaCompiles(String page) {
		assertThat(blocks(page).stream().filter((block) -> block.language().equals("java")))
			.allSatisfy((block) -> assertThat(mistakes(block.text())).isEmpty());
	}

	@Test
	void aMistakeIsFound() {
		assertThat(mistakes("import io.github.x402sessions.client.NoSuchClient;\nclass A { }")).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void propertiesAreThoseThatThereAre(String page) {
		assertThat(blocks(page).stream().filter((block) -> Set.of("yaml", "properties").contains(block.language())))
			.allSatisfy((block) -> assertThatCode(() -> bind(block)).doesNotThrowAnyException());
	}

	@Test
	void aPropertyThatThereIsNotIsFound() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> bind(new CodeBlock("yaml", "x402:\n  pay-too: x\n", null)))
			.withMessageContaining("pay-too");
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(new CodeBlock("yaml", "x402:\n  routes:\n    - pathh: x\n", null)))
			.withStackTraceContaining("pathh");
	}

	@ParameterizedTest
	@MethodSource("pages")
	void xmlNamesWhatIsBuilt(String page) {
		String parent = text(House.FOLDER.resolve("pom.xml"));
		assertThat(blocks(page).stream().filter((block) -> block.language().equals("xml"))).allSatisfy((block) -> {
			assertThatCode(() -> xml(block.text())).doesNotThrowAnyException();
			Pattern.compile("<artifactId>(x402-[\\w-]+)</artifactId>\\s*<version>(.*)</version>")
				.matcher(block.text())
				.results()
				.forEach((found) -> {
					assertThat(House.LIBRARIES).contains(found.group(1));
					assertThat(parent).contains("<version>" + found.group(2) + "</version>");
				});
			Pattern.compile("<artifactId>spring-boot-starter-parent</artifactId>\\s*<version>(.*)</version>")
				.matcher(block.text())
				.results()
				.forEach((found) -> assertThat(parent)
					.contains("<spring-boot.version>" + found.group(1) + "</spring-boot.version>"));
		});
	}

	@Test
	void theCostsAreThoseOfTheFacilitatorsPage() {
		String measured = text(House.FOLDER.resolve("docs/facilitator/deferred.md"));
		assertThat(text(House.FOLDER.resolve("docs/costs.md")).lines()
			.filter((line) -> line.matches("\\| (immediate|coalesced|deferred, price) ?.*"))).hasSize(5)
			.allSatisfy((line) -> assertThat(measured).contains(line));
	}

	private List<String> mistakes(String source) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		compiler
			.getTask(null, null, found,
					List.of("-proc:none", "-d", this.classes.toString(), "-cp", System.getProperty("java.class.path")),
					null, List.of(new SourceBlock(source)))
			.call();
		return found.getDiagnostics().stream().map((mistake) -> mistake.getMessage(null)).toList();
	}

	/** Binds what a page has, with what it leaves out because another page has it. */
	private static void bind(CodeBlock block) throws IOException {
		List<PropertySource<?>> sources = new ArrayList<>(load(block));
		assertThat(sources).allSatisfy((source) -> assertThat(names(source)).isSubsetOf(KNOWN));
		sources.add(new MapPropertySource("reader", READERS_OWN));
		sources.add(new MapPropertySource("least",
				Map.of("x402.pay-to", ADDRESS, "x402.facilitator.url", "https://facilitator.example")));
		Binder binder = new Binder(ConfigurationPropertySources.from(sources),
				new PropertySourcesPlaceholdersResolver(sources));
		binder.bind("x402", Bindable.of(X402Properties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		binder.bind("facilitator", Bindable.of(FacilitatorProperties.class));
		binder.bind("facilitator.access", Bindable.of(AccessProperties.class),
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
	}

	/** Names as the metadata has them: of a list, the list's. */
	private static List<String> names(PropertySource<?> source) {
		return Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames())
			.map((name) -> name.replaceFirst("\\[.*", ""))
			.toList();
	}

	private static Set<String> known() {
		try {
			return Collections.list(DocumentationCodeTests.class.getClassLoader().getResources(METADATA))
				.stream()
				.flatMap((metadata) -> PROPERTY.matcher(text(metadata)).results().map((name) -> name.group(1)))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(URL resource) {
		try (InputStream stream = resource.openStream()) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<PropertySource<?>> load(CodeBlock block) throws IOException {
		ByteArrayResource text = new ByteArrayResource(
				block.text().replace("G…", ADDRESS).getBytes(StandardCharsets.UTF_8));
		return block.language().equals("yaml") ? new YamlPropertySourceLoader().load("page", text)
				: new PropertiesPropertySourceLoader().load("page", text);
	}

	private static Document xml(String text) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
	}

	private static List<CodeBlock> blocks(String page) {
		try {
			return CodeBlock.of(House.FOLDER.resolve("docs/" + page + ".md"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class SourceBlock extends SimpleJavaFileObject {

		private final String source;

		SourceBlock(String source) {
			super(URI.create("page:///%s.java".formatted(name(source))), Kind.SOURCE);
			this.source = source;
		}

		private static String name(String source) {
			return Pattern.compile("class (\\w+)").matcher(source).results().findFirst().orElseThrow().group(1);
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.source;
		}

	}

}
