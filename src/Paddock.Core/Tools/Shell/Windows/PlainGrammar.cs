using System.Buffers;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>
/// What of a shell of Windows is plain: words of a few characters that mean themselves to it, to the C runtime that takes the command line
/// apart again, and to the batch files that many programs (<c>npm.cmd</c>) are.
/// </summary>
internal sealed class PlainGrammar
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Of a word without quotes. <c>, ; %</c> and brackets are missing: they make lists, cut words or stand for something else.</summary>
    public static readonly SearchValues<char> Bare = SearchValues.Create(Letters + "_./\\:=+-~@");

    /// <summary>Of a word that stands in quotes as a whole. <c>* ? [ ]</c> are missing: some of PowerShell's own commands read them there too.</summary>
    public static readonly SearchValues<char> Quoted = SearchValues.Create(Letters + " _./\\:=+-~@,#");

    public static readonly PlainGrammar PowerShell = new() { Quotes = "'\"", Joins = ["&&", "||", "|", ";", "\n"], Quiet = ["2>&1", "2>$null"], IsPowerShell = true };

    /// <summary>cmd takes a single quote for any other character.</summary>
    public static readonly PlainGrammar Cmd = new() { Quotes = "\"", Joins = ["&&", "||", "&", "|", "\n"], Quiet = ["2>&1", "2>nul", ">nul"] };

    public required string Quotes { get; init; }

    /// <summary>What joins two commands, the longest first.</summary>
    public required string[] Joins { get; init; }

    /// <summary>Redirections that only merge or drop what is printed.</summary>
    public required string[] Quiet { get; init; }

    /// <summary>
    /// PowerShell cuts <c>-name.rest</c> and <c>-name:rest</c> in two, may write a number in another way, and goes on behind a line's end. cmd
    /// ends a program's name at <c>=</c> and <c>/</c>.
    /// </summary>
    public bool IsPowerShell { get; init; }
}
