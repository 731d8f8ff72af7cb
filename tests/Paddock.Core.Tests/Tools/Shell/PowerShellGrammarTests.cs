using Paddock.Core.Tools.Shell;
using Paddock.Testing;

namespace Paddock.Core.Tests.Tools.Shell;

/// <summary>The plain subset of PowerShell against PowerShell's own parser.</summary>
public sealed class PowerShellGrammarTests
{
    [Fact]
    public async Task A_line_is_never_plain_where_PowerShell_sees_more_and_where_it_is_plain_both_see_the_same_words()
    {
        Assert.SkipWhen(PowerShell.Program is null, "PowerShell is not installed: ./build setup");
        var lines = Enumerable.Range(0, (int)Samples.Of(3_000)).Select(seed => new PowerShellLines(seed).Next()).Concat(PowerShellLines.Short).ToArray();
        var plain = lines.Select(text => (Text: text, Line: ShellReader.Read(text, ShellDialect.PowerShell))).Where(l => l.Line.Legibility == Legibility.Plain).ToArray();

        using var oracle = await PowerShellOracle.StartAsync(TestContext.Current.CancellationToken);
        var answers = await oracle.ReadAsync(plain.Select(l => l.Text), TestContext.Current.CancellationToken);
        var faults = plain.Zip(answers, (l, theirs) => Fault(l.Line, theirs) is { } fault ? $"{l.Text}\n=> {fault}" : null).OfType<string>().ToArray();
        faults.ShouldBeEmpty(string.Join("\n---\n", faults.Take(20)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{plain.Length} of {lines.Length} lines are plain");
        plain.Length.ShouldBeGreaterThan(lines.Length / 6);
    }

    /// <summary>Not what a tree says, but what arrives: every short word, in quotes and without.</summary>
    [Fact]
    public async Task A_program_gets_the_words_that_we_see()
    {
        Assert.SkipWhen(PowerShell.Program is null, "PowerShell is not installed: ./build setup");
        using var program = new ToldProgram();
        var lines = PowerShellLines.ShortWords.SelectMany(word => new[] { word, $"'{word}'", $"\"{word}\"", $"'{word} {word}'" })
            .Where(word => word[^1] != ';' && ShellReader.Read($"{ToldProgram.Name} {word}", ShellDialect.PowerShell) is { Legibility: Legibility.Plain, Commands: [{ Argv.Count: 2 }] })
            .Chunk(200)
            .Select(words => $"{ToldProgram.Name} {string.Join(' ', words)} 2>&1")
            .ToArray();

        var told = await program.RunAsync(string.Join("; ", lines), TestContext.Current.CancellationToken);

        var ours = lines.SelectMany(line => ShellReader.Read(line, ShellDialect.PowerShell).Commands[0].Argv.Skip(1)).ToArray();
        ours.Zip(told).FirstOrDefault(pair => pair.First != pair.Second).ShouldBe(default);
        told.Length.ShouldBe(ours.Length);
        told.Length.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task Every_alias_is_listed_as_what_it_stands_for_or_makes_the_line_opaque()
    {
        Assert.SkipWhen(PowerShell.Program is null, "PowerShell is not installed: ./build setup");
        using var oracle = await PowerShellOracle.StartAsync(TestContext.Current.CancellationToken);

        oracle.Aliases.Count.ShouldBeGreaterThan(50);
        oracle.Aliases.Where(alias => !IsKnown(alias.Key, alias.Value)).ShouldBeEmpty();
    }

    /// <summary>Those that PowerShell has on Windows only, and those that only Windows PowerShell 5.1 has.</summary>
    [Theory]
    [InlineData("ac=Add-Content clear=Clear-Host compare=Compare-Object cpp=Copy-ItemProperty diff=Compare-Object gsv=Get-Service sleep=Start-Sleep sort=Sort-Object start=Start-Process sasv=Start-Service spsv=Stop-Service tee=Tee-Object write=Write-Output")]
    [InlineData("cat=Get-Content cp=Copy-Item ls=Get-ChildItem man=Get-Help mount=New-PSDrive mv=Move-Item ps=Get-Process rm=Remove-Item rmdir=Remove-Item kill=Stop-Process cnsn=Connect-PSSession dnsn=Disconnect-PSSession ogv=Out-GridView shcm=Show-Command")]
    [InlineData("curl=Invoke-WebRequest wget=Invoke-WebRequest sc=Set-Content gwmi=Get-WmiObject iwmi=Invoke-WMIMethod rwmi=Remove-WMIObject swmi=Set-WMIInstance ise=powershell_ise.exe trcm=Trace-Command lp=Out-Printer asnp=Add-PSSnapIn gsnp=Get-PSSnapIn rsnp=Remove-PSSnapin")]
    [InlineData("sujb=Suspend-Job rujb=Resume-Job npssc=New-PSSessionConfigurationFile ipsn=Import-PSSession epsn=Export-PSSession gin=Get-ComputerInfo gtz=Get-TimeZone stz=Set-TimeZone scb=Set-Clipboard gcb=Get-Clipboard gcim=Get-CimInstance icim=Invoke-CimMethod rcim=Remove-CimInstance")]
    public void So_are_those_that_only_Windows_has(string aliases) => aliases.Split(' ').Select(alias => alias.Split('=')).Where(alias => !IsKnown(alias[0], alias[1])).ShouldBeEmpty();

    private static bool IsKnown(string alias, string command)
    {
        var line = ShellReader.Read($"{alias} x", ShellDialect.PowerShell);
        return line.Legibility == Legibility.Opaque || line.Commands.Any(one => one.Argv[0] == command);
    }

    private static string? Fault(ShellLine line, PowerShellAnswer theirs) =>
        theirs.Commands is null ? $"not plain: {theirs.Why}" : SeenCommands.Difference(line.Commands, theirs.Commands);
}
