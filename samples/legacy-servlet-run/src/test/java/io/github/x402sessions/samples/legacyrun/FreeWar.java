package io.github.x402sessions.samples.legacyrun;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The web application as it was before it charged: without the filter in its web.xml.
 */
final class FreeWar {

	private FreeWar() {
	}

	static Path of(Path war) throws IOException {
		Path free = Files.copy(war, Files.createTempDirectory("free").resolve(war.getFileName()));
		try (FileSystem files = FileSystems.newFileSystem(free)) {
			Path descriptor = files.getPath("WEB-INF/web.xml");
			Files.writeString(descriptor,
					Files.readString(descriptor).replaceFirst("(?s)<filter>.*</filter-mapping>", ""));
		}
		return free;
	}

}
