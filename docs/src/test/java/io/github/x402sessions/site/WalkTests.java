package io.github.x402sessions.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@EnabledOnOs(OS.LINUX)
class WalkTests {

	@TempDir
	Path folder;

	@Test
	void aPageIsDoneAsItIsWritten() throws Exception {
		walk("""
				# A page

				```sh
				mkdir shop
				cd shop
				export PRICE=0.10
				```

				`menu/today.txt`:

				```properties
				tea=1
				```

				```sh
				cat menu/today.txt
				echo "$PRICE each"
				```

				```text
				tea=1
				… each
				```
				""");
		assertThat(this.folder.resolve("home/shop/menu/today.txt")).hasContent("tea=1");
	}

	@Test
	void whatIsPrintedHasToBeWhatThePageSays() {
		assertThatIllegalStateException().isThrownBy(() -> walk("""
				```sh
				echo 0.20
				```

				```text
				0.10
				```
				""")).withMessageContaining("The page says '0.10'");
	}

	@Test
	void aCommandThatFailsEndsTheWalk() {
		assertThatIllegalStateException().isThrownBy(() -> walk("""
				```sh
				false
				true
				```
				"""));
	}

	@Test
	void aCommandThatDoesNotListenEndsTheWalk() {
		assertThatIllegalStateException().isThrownBy(() -> walk("""
				```sh background 1
				echo gone
				```
				""")).withMessageContaining("gone");
	}

	@Test
	void aBlockThatNobodyKnowsEndsTheWalk() {
		assertThatIllegalStateException().isThrownBy(() -> walk("""
				```fortran
				STOP
				```
				"""));
	}

	@Test
	void linesMayHaveOthersBetweenThem() {
		assertThatCode(() -> PrintedText.of("a\n…\nb …").check("a\nx\nb 1\n")).doesNotThrowAnyException();
		assertThatIllegalStateException().isThrownBy(() -> PrintedText.of("b\na").check("a\nb\n"));
	}

	private void walk(String text) throws IOException, InterruptedException {
		Path page = Files.writeString(this.folder.resolve("page.md"), text);
		Walk.main(new String[] { this.folder.toString(), page.toString() });
	}

}
