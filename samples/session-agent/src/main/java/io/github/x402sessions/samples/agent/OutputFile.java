package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where what was bought goes: the first answer to the file itself, the others to files
 * beside it.
 *
 * @param file the file
 */
record OutputFile(Path file) {

	/** Make sure of the place before money is spent on what goes there. */
	static OutputFile at(Path file) {
		Path folder = file.toAbsolutePath().getParent();
		if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)
				|| (Files.exists(file) && !Files.isWritable(file))) {
			throw new WrongOptionException("--output", "cannot be written: " + file);
		}
		return new OutputFile(file);
	}

	Path write(int call, byte[] body) {
		Path target = (call == 1) ? this.file : this.file.resolveSibling(this.file.getFileName() + "." + call);
		try {
			return Files.write(target, body);
		}
		catch (IOException ex) {
			throw new CannotStartException("what was bought cannot be written to " + target, ex);
		}
	}

}
