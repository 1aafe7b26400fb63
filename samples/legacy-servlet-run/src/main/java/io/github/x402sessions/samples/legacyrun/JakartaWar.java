package io.github.x402sessions.samples.legacyrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.tomcat.jakartaee.EESpecProfiles;
import org.apache.tomcat.jakartaee.Migration;

/**
 * Makes a war of {@code javax.servlet} one of {@code jakarta.servlet}, libraries and all,
 * as Tomcat does for what is put into its {@code webapps-javaee} folder.
 */
final class JakartaWar {

	private JakartaWar() {
	}

	static Path of(Path war) throws IOException {
		Path made = Files.createTempDirectory("jakarta").resolve(war.getFileName());
		Migration migration = new Migration();
		migration.setEESpecProfile(EESpecProfiles.EE);
		migration.setSource(war.toFile());
		migration.setDestination(made.toFile());
		migration.execute();
		return made;
	}

}
