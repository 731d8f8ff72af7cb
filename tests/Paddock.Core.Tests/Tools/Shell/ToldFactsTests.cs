using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>Files and commands that a rule which forbids has to hear of, though a line does not show them plainly.</summary>
public sealed class ToldFactsTests
{
    [Theory]
    [InlineData("python3 tool.py .env")]
    [InlineData("python3 tool.py --file=.env")]
    [InlineData("python3 -m json.tool .env")]
    [InlineData("node tool.js --in .env")]
    [InlineData("bash tool.sh .env")]
    [InlineData("git show HEAD:.env")]
    [InlineData("git cat-file -p HEAD~2:.env")]
    [InlineData("docker run -v .env:/run/env:ro alpine cat /run/env")]
    [InlineData("docker run --mount type=bind,src=.env,dst=/run/env alpine cat /run/env")]
    [InlineData("docker compose run --volume=.env:/x web cat /x")]
    [InlineData("docker build --secret id=env,src=.env .")]
    public void A_file_that_is_named_in_a_roundabout_way_is_told(string text) =>
        ShellReader.Read(text, ShellDialect.Posix).Paths.ShouldContain(".env");

    [Theory]
    [InlineData("apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a\n*** Move to: .env\n@@\n-a\n+b\n*** End Patch\nEOF")]
    [InlineData("bash -lc \"apply_patch <<'EOF'\n*** Begin Patch\n*** Add File: .env\n+b\n*** End Patch\nEOF\"")]
    [InlineData("apply_patch '*** Begin Patch\n*** Delete File: .env\n*** End Patch'")]
    [InlineData("git apply <<'EOF'\n--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-a\n+b\nEOF")]
    [InlineData("patch -p1 <<'EOF'\n--- a/x\t2026\n+++ b/.env\t2026\n@@ -1 +1 @@\n-a\n+b\nEOF")]
    [InlineData("git apply <<'EOF'\ndiff --git a/x b/.env\nrename from x\nrename to .env\nEOF")]
    public void A_patch_in_a_line_writes_the_files_it_names(string text)
    {
        var line = ShellReader.Read(text, ShellDialect.Posix);

        line.WritesTo.ShouldContain(".env");
        line.Legibility.ShouldNotBe(Legibility.Plain);
    }

    [Theory]
    [InlineData("env -S 'git push'")]
    [InlineData("env -iS 'git push'")]
    [InlineData("fish -c 'git push'")]
    [InlineData("bash +x -c 'git push'")]
    [InlineData("nix-shell --run 'git push'")]
    [InlineData("hyperfine 'git push'")]
    [InlineData("concurrently 'git push'")]
    [InlineData("perf stat git push")]
    [InlineData("fakeroot git push")]
    [InlineData("winpty git push")]
    [InlineData("wsl -e git push")]
    [InlineData("wsl -d Ubuntu -- git push")]
    [InlineData("ip netns exec blue git push")]
    [InlineData("doppler run -- git push")]
    [InlineData("aws-vault exec prod -- git push")]
    [InlineData("dotenvx run -f .env -- git push")]
    public void A_command_behind_a_wrapper_is_told(string text)
    {
        var line = ShellReader.Read(text, ShellDialect.Posix);

        line.Commands.ShouldContain(command => command.Argv.SequenceEqual(new[] { "git", "push" }));
    }

    [Theory]
    [InlineData("ip -br addr show", "ip addr show")]
    [InlineData("docker run -v data:/var/lib/x alpine ls", "ls")]
    public void What_is_no_more_than_it_seems_stays_so(string text, string command)
    {
        var line = ShellReader.Read(text, ShellDialect.Posix);

        line.Legibility.ShouldBe(Legibility.Plain, line.OpaqueBecause);
        line.Commands.ShouldContain(c => string.Join(' ', c.Argv) == command);
        line.Paths.ShouldNotContain("data");
    }
}
