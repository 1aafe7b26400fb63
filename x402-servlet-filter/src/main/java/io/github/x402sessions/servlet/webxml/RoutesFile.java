package io.github.x402sessions.servlet.webxml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file that {@code routesFile} names: in the application
 * ({@code /WEB-INF/routes.txt}), on its class path ({@code classpath:routes.txt}) or in
 * the file system. UTF-8.
 */
final class RoutesFile {

	private static final String CLASS_PATH = "classpath:";

	private final ServletContext context;

	RoutesFile(ServletContext context) {
		this.context = context;
	}

	/**
	 * Read the routes.
	 * @param location the parameter's value
	 * @return the routes in the file's order
	 * @throws InvalidParameterException if the file cannot be read or has a wrong line
	 */
	List<RouteLine> read(FilterValue location) {
		String place = location.name() + " '" + location.text() + "'";
		String text;
		try (InputStream stream = open(location.text())) {
			if (stream == null) {
				throw new NoSuchFileException(location.text());
			}
			text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException | InvalidPathException ex) {
			throw new InvalidParameterException(location.name(),
					"'" + location.text() + "' cannot be read (" + ex.getClass().getSimpleName() + ")",
					"Name a file of the war (/WEB-INF/routes.txt), of the class path (classpath:routes.txt) or of the "
							+ "file system that is there");
		}
		return location.text().endsWith(".properties") ? RoutesProperties.read(place, text)
				: RoutesText.read(place, text);
	}

	private @Nullable InputStream open(String location) throws IOException {
		if (location.startsWith("/WEB-INF/")) {
			return this.context.getResourceAsStream(location);
		}
		if (location.startsWith(CLASS_PATH)) {
			ClassLoader loader = Thread.currentThread().getContextClassLoader();
			return ((loader != null) ? loader : RoutesFile.class.getClassLoader())
				.getResourceAsStream(location.substring(CLASS_PATH.length()));
		}
		return Files.newInputStream(Path.of(location));
	}

}
