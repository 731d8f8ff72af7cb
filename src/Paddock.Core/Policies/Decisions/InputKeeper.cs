using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Decisions;

/// <summary>Takes from a judged call what may be kept of it.</summary>
public static class InputKeeper
{
    /// <summary>Longest argument text that is kept, in characters: command lines of people and agents are far shorter.</summary>
    public const int LongestText = 4096;

    /// <summary>Most characters of all words, files and hosts of a call together; a line beyond keeps its bare shape only.</summary>
    public const int MostCharacters = 16 << 10;

    private static readonly FactMask derived = FactMask.Of(
        Fact.CallClass, Fact.CallArgv, Fact.CallOpaque, Fact.CallHasExpansion, Fact.CallRunsInput, Fact.CallWritesTo, Fact.CallEnv, Fact.CallHosts, Fact.CallPaths);

    private static readonly FactMask fromArguments = FactMask.Of(
        Fact.CallText, Fact.CallArgv, Fact.CallHasExpansion, Fact.CallRunsInput, Fact.CallWritesTo, Fact.CallEnv, Fact.CallHosts, Fact.CallPaths);

    public static DecisionInputs Keep(PolicySubject subject)
    {
        var (facts, call) = (subject.Facts, subject.Call);
        var masked = new MaskedCall(call);
        var altered = masked.Altered | facts.Untold;
        var text = facts.Has(Fact.CallText) ? facts.Text(Fact.CallText) : null;
        var kept = text is null ? null : TextOf(subject.Class, text, masked);
        altered |= text == kept ? FactMask.None : FactMask.Of(Fact.CallText);
        var bare = masked.Characters > MostCharacters;
        if (bare)
        {
            (masked, kept, altered) = (MaskedCall.Nothing(call), null, altered | fromArguments);
        }

        return Facts(facts, kept) with
        {
            Class = subject.Class,
            Pins = subject.Pins,
            PrincipalId = subject.PrincipalId,
            Line = masked.Line,
            Paths = masked.Paths,
            Hosts = masked.Hosts,
            WorkingDirectory = masked.WorkingDirectory,
            Workspace = call.Workspace,
            IsBare = bare,
            Altered = [.. FactTable.Closed.Where(info => altered.Has(info.Fact)).Select(info => info.Name)],
        };
    }

    /// <summary>The text of what runs or reads something; what is written, sent or told elsewhere is payload and not kept.</summary>
    private static string? TextOf(ToolClass tool, string text, MaskedCall call) =>
        tool is ToolClass.Command or ToolClass.Read or ToolClass.Browser && text.Length <= LongestText ? call.Mask(text) : null;

    private static DecisionInputs Facts(FactValues facts, string? text)
    {
        var (texts, lists, numbers, flags) = (new Dictionary<string, string>(), new Dictionary<string, ImmutableArray<string>>(), new Dictionary<string, double>(), new Dictionary<string, bool>());
        foreach (var info in FactTable.Closed)
        {
            if (!facts.Has(info.Fact) || derived.Has(info.Fact) || (info.Fact is Fact.CallText && text is null))
            {
                continue;
            }

            switch (info.Type)
            {
                case FactType.Text: texts.Add(info.Name, info.Fact is Fact.CallText ? text! : facts.Text(info.Fact)); break; // a text without one was passed over
                case FactType.Texts: lists.Add(info.Name, [.. facts.Texts(info.Fact)]); break;
                case FactType.Number: numbers.Add(info.Name, facts.Number(info.Fact)); break;
                case FactType.Flag: flags.Add(info.Name, facts.Flag(info.Fact)); break;
            }
        }

        return new() { Class = default, Texts = texts, Lists = lists, Numbers = numbers, Flags = flags };
    }
}
