package io.microplatform.local.process;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MachineMemoryTests {

	@Test
	void thisMachineHasSome() {
		assertThat(MachineMemory.availableMiB().orElseThrow()).isPositive();
	}

	@Test
	void onLinuxItIsWhatTheKernelCallsAvailable() {
		assertThat(MachineMemory.fromMeminfo("MemTotal:  8000000 kB\nMemFree:  10 kB\nMemAvailable:    2097152 kB\n"))
			.hasValue(2048);
		assertThat(MachineMemory.fromMeminfo("MemTotal:  8000000 kB\n")).isEmpty();
	}

	@Test
	void onMacOsItIsWhatNobodyWorksWith() {
		assertThat(MachineMemory.fromVmStat("""
				Mach Virtual Memory Statistics: (page size of 16384 bytes)
				Pages free:                               64.
				Pages active:                         999999.
				Pages inactive:                          128.
				Pages speculative:                        64.
				Pages purgeable:                          64.
				"Translation faults":                  12345.
				""")).hasValue(5);
		assertThat(MachineMemory.fromVmStat("")).isEmpty();
	}

}
