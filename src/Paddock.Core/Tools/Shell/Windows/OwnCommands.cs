using System.Collections.Frozen;
using Paddock.Core.Tools.Shell.Programs;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>A command built into a shell of Windows.</summary>
/// <param name="Name">Its own name, of which others are aliases.</param>
internal sealed record OwnCommand(string Name, ProgramRule Rule);

/// <summary>The commands of PowerShell and cmd of which it is known what their arguments do. A row is the name, its aliases, and their arguments in the manner of <see cref="ProgramTable"/>.</summary>
internal static class OwnCommands
{
    private const string CmdletLines = """
        Get-ChildItem,gci,ls,dir: path -path:path -literalpath:path -filter: -include: -exclude: -depth: -name -recurse -file -directory -hidden -force
        Get-Content,gc,cat,type: read -path:read -literalpath:read -totalcount: -head: -first: -tail: -last: -encoding: -delimiter: -raw
        Get-Item,gi,Get-ItemProperty,gp,Test-Path,Resolve-Path,rvpa,Convert-Path,cvpa,Get-FileHash,Get-Acl: path -path:path -literalpath:path -name: -pathtype: -algorithm: -isvalid
        Split-Path: path -path:path -parent -leaf -leafbase -extension
        Join-Path: path -path:path -childpath:path
        Select-String,sls: pattern -path:read -literalpath:read -pattern: -context: -encoding: -simplematch -casesensitive -quiet -list -allmatches -notmatch -raw
        Get-Location,gl,pwd,Get-Date,Get-Host,Get-Culture,Get-Alias,gal,Get-History,Clear-Host,cls,clear,Get-PSDrive,gdr,Get-Module,gmo: none -format: -name: -asutc
        Get-Command,gcm,Get-Process,gps,ps,Get-Service,gsv,Get-Help,help,man: none -name: -id: -all -syntax -examples -full -detailed
        Write-Output,echo,write,Write-Host,Write-Warning,Write-Error,Write-Verbose,Write-Information: none -inputobject: -object: -message: -foregroundcolor: -backgroundcolor: -nonewline -noenumerate
        Select-Object,select,Sort-Object,sort,Measure-Object,measure,Group-Object,group,Get-Unique,gu: none -property: -first: -last: -skip: -expandproperty: -excludeproperty: -unique -descending -line -word -character -sum -average -maximum -minimum -noelement -ascii
        Where-Object,where: none -property: -value: -eq -ne -gt -ge -lt -le -like -notlike -contains -notcontains -in -notin
        Format-Table,ft,Format-List,fl,Format-Wide,fw: none -property: -autosize -wrap -hidetableheaders
        Out-String,Out-Null,Out-Default,Out-Host,oh: none -width: -stream
        ConvertTo-Json,ConvertFrom-Json,ConvertTo-Csv,ConvertFrom-Csv: none -depth: -compress -ashashtable -notypeinformation -delimiter:
        Import-Csv,ipcsv: read -path:read -literalpath:read -delimiter: -header: -encoding:
        Compare-Object,compare,diff: none -referenceobject: -differenceobject: -includeequal -excludedifferent -passthru
        Start-Sleep,sleep: none -seconds: -s: -milliseconds:
        Set-Location,cd,chdir,sl,Push-Location,pushd: path -path:path -literalpath:path
        Pop-Location,popd: none
        New-Item,ni: change -path:write -name:write -itemtype: -type: -value:read -force
        mkdir,md: change -path:write -name:write -force
        Remove-Item,rm,ri,del,erase,rd,rmdir: change -path:write -literalpath:write -recurse -force -include: -exclude: -filter:
        Clear-Content,clc: change -path:write -literalpath:write -force
        Set-Content,Add-Content,ac: write -path:write -literalpath:write -value: -encoding: -nonewline -force
        Out-File: write -filepath:write -path:write -literalpath:write -encoding: -width: -append -nonewline -noclobber -force
        Tee-Object,tee: write -filepath:write -literalpath:write -append
        Copy-Item,cp,copy,cpi: copy -path:read -literalpath:read -destination:write -recurse -force -container -filter: -include: -exclude:
        Move-Item,mv,move,mi,Rename-Item,ren,rni: move -path:write -literalpath:write -destination:write -newname:write -force
        Invoke-WebRequest,iwr,curl,wget,Invoke-RestMethod,irm: url -uri:host -method: -outfile:write -infile:upload -body:data -contenttype: -timeoutsec: -useragent: -proxy:host -usebasicparsing -maximumredirection: -retryintervalsec: -maximumretrycount:
        Expand-Archive: copy -path:read -literalpath:read -destinationpath:write -force
        Compress-Archive: copy -path:read -literalpath:read -destinationpath:write -update -force -compressionlevel:
        """;

    private const string CmdLines = """
        dir: path
        tree: path
        cd,chdir: path
        pushd: path
        type: read
        more: read
        md,mkdir: change
        del,erase: change
        rd,rmdir: change
        copy: copy
        xcopy: copy
        move: move
        ren,rename: move
        echo: none
        cls: none
        ver: none
        vol: none
        popd: none
        where: none
        find: pattern
        findstr: pattern
        fc: read
        comp: read
        """;

    /// <summary>PowerShell's approved verbs: what begins with one and is not known above is a command of some module.</summary>
    public static FrozenSet<string> Verbs { get; } = """
        Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Push Pop Redo Remove Rename Reset Resize Search Select Set Show Skip Split Step Switch Undo Unlock Watch
        Connect Disconnect Read Receive Send Write Backup Checkpoint Compare Compress Convert ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out Publish
        Restore Save Sync Unpublish Update Approve Assert Build Complete Confirm Deny Deploy Disable Enable Install Invoke Register Request Restart Resume Start Stop Submit Suspend Uninstall
        Unregister Wait Debug Measure Ping Repair Resolve Test Trace Block Grant Protect Revoke Unblock Unprotect Use ForEach Where Tee Sort
        """.Split([' ', '\n']).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static FrozenDictionary<string, OwnCommand> PowerShell { get; } = Table(CmdletLines);

    public static FrozenDictionary<string, OwnCommand> Cmd { get; } = Table(CmdLines);

    private static FrozenDictionary<string, OwnCommand> Table(string lines) => lines.Split('\n').SelectMany(Row).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, OwnCommand>> Row(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var names = line[..colon].Split(',');
        var rule = ProgramRule.Parse("tool", line[(colon + 2)..].Split(' '));
        var own = names[0];
        foreach (var name in names)
        {
            own = name.Contains('-', StringComparison.Ordinal) ? name : own; // an alias stands behind the command it is one of
            yield return new(name, new(own, rule));
        }
    }
}
