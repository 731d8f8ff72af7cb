using System.Collections.Frozen;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>Words at the head of a command that run, load or define what cannot be seen, or that the shell takes for something else than a program.</summary>
internal static class DarkCommands
{
    /// <summary>Keywords, aliases of every edition that <see cref="OwnCommands"/> does not know (also those of modules that are loaded by their names), and functions.</summary>
    private const string PowerShellLines = """
        begin break catch class clean configuration continue data define do dynamicparam else elseif end enum exit filter finally for foreach from function hidden if in inlinescript interface module namespace
        parallel param private process public return sequence static switch throw trap try until using var while workflow assembly base command default
        iex icm ihy r ii ise saps start sasv spsv spps kill sajb wjb rjb rcjb gjb spjb sujb rujb etsn exsn nsn rsn gsn ipsn epsn cnsn dnsn rcsn npssc exec
        sal nal ipal epal ipmo nmo rmo asnp gsnp rsnp pumo upmo inmo fimo set sv si sp sc nv gv rv clv cli clp cpp mp rp rnp ndr rdr mount gpv gm cfs fhx fc lp ogv epcsv
        h ghy history clhy gerr gcs gbp sbp rbp dbp ebp trcm shcm gin gtz stz gcb scb tnc gip
        gwmi iwmi rwmi swmi gcim icim ncim rcim scim gcls gcai gcms ncms rcms rcie ncso algm dlu elu glg glgm glu nlg nlu rlg rlgm rlu rnlg rnlu slg slu
        cd~ oss pause prompt TabExpansion2 Invoke-Expression
        """;

    /// <summary>What stands behind <c>Get-</c> in a command's name: PowerShell puts that before a name that it does not find.</summary>
    private const string Nouns = """
        acl alias childitem clipboard cmsmessage computerinfo content controlpanelitem counter credential culture date error event eventlog eventsubscriber executionpolicy experimentalfeature filehash formatdata
        history host hotfix installedmodule installedscript item itemproperty itempropertyvalue job localgroup localuser location markdownoption member package packageprovider packagesource pfxcertificate psbreakpoint
        pscallstack psdrive pshostprocessinfo psprovider psreadlineoption psrepository psresource pssession psscriptfileinfo random runspace runspacedebug securerandom service timezone tracesource transaction typedata uiculture
        unique uptime variable verb winevent wmiobject ciminstance cimsession
        """;

    private const string CmdLines = """
        assoc break call color date dpath endlocal exit for ftype goto if keys mklink path pause prompt rem set setlocal shift start time title verify
        """;

    public static FrozenSet<string> PowerShell { get; } = Words($"{PowerShellLines}\n{Nouns}");

    public static FrozenSet<string> Cmd { get; } = Words(CmdLines);

    private static FrozenSet<string> Words(string lines) => lines.Split([' ', '\n']).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
