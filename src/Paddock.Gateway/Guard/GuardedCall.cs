using Paddock.Core.Tools;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>What has become of a call.</summary>
internal enum CallState
{
    /// <summary>Not decided: its bytes are held.</summary>
    Open,
    /// <summary>Its bytes go on as they are.</summary>
    Allowed,
    /// <summary>Its arguments are replaced.</summary>
    Refused,
}

/// <summary>What a decision before the end was tried by.</summary>
internal enum Foresight
{
    None,
    ByName,
    ByPath,
}

/// <summary>A tool call in an answer, while it comes.</summary>
internal sealed class GuardedCall(ToolKey key, bool isFree)
{
    public ToolKey Key => key;

    /// <summary>The provider's id of the call; null when it has none.</summary>
    public string? Id { get; private set; }

    /// <summary>As the provider tells it; empty while it has told none.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The tool that the agent runs when it hears the name. Set with the name.</summary>
    public string Tool { get; set; } = "";

    /// <summary>The wire's word for the kind of call; null for its usual one.</summary>
    public string? Type { get; private set; }

    /// <summary>Set with the name.</summary>
    public ToolShape Shape { get; set; } = ToolShape.Unknown;

    /// <summary>As it is judged, once its arguments are whole.</summary>
    public ToolCall Whole => new(Id, Tool, Shape, Arguments.Memory, Arguments.IsFree);

    public ArgumentText Arguments { get; } = new() { IsFree = isFree };

    public CallState State { get; set; }

    /// <summary>What is waited for; null when nothing is.</summary>
    public PendingDecision? Pending { get; set; }

    /// <summary>How far it was looked whether the call is allowed before it is whole.</summary>
    public Foresight Foreseen { get; set; }

    /// <summary>It was allowed whatever its arguments are, so that they need not be well-formed either.</summary>
    public bool IsUnconditional { get; set; }

    /// <summary>It was allowed before it was whole, and its end waits only for being recorded.</summary>
    public bool IsNoted { get; set; }

    /// <summary>The client has a part of it.</summary>
    public bool IsPassed { get; set; }

    /// <summary>It could not be recorded, and the client has a part of it.</summary>
    public bool IsUnrecorded { get; set; }

    /// <summary>Nothing more of it is expected.</summary>
    public bool IsComplete { get; set; }

    /// <summary>A piece of arguments, or all of them, came at all.</summary>
    public bool HasArguments { get; set; }

    /// <summary>What stands in the place of the arguments of a refused call: JSON, or free text.</summary>
    public byte[] Replacement { get; set; } = [];

    /// <summary>The tool that is called in the place of the refused one; null = the same.</summary>
    public string? NewName { get; set; }

    /// <summary>The refused call is taken out and this text stands in its place; null when its arguments are replaced.</summary>
    public string? Said { get; set; }

    public bool IsTakenOut => Said is not null;

    /// <summary>The replacement was written; the pieces after it are emptied.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Takes in what an announcement says.</summary>
    /// <returns>False when it is another call's.</returns>
    public bool TryLearn(in ToolPart part)
    {
        if (Differs(part.CallId, Id) || Differs(part.Type, Type) || (part.Name is not null && part.Name != Name && (Name.Length > 0 || IsComplete)))
        {
            return false;
        }

        Id ??= part.CallId;
        Type ??= part.Type;
        Name = part.Name ?? Name;
        return true;
    }

    /// <summary>Takes in what was decided.</summary>
    public void Become(ToolDecision decision)
    {
        switch (decision)
        {
            case ToolDecision.Refused or ToolDecision.TakenOut when IsPassed:
                IsUnrecorded = true; // what the client has cannot be replaced
                break;
            case ToolDecision.Refused refused:
                (State, Replacement, NewName) = (CallState.Refused, refused.Replacement, refused.Name);
                break;
            case ToolDecision.Waits waits:
                (State, Pending) = (CallState.Open, waits.Pending);
                break;
            case ToolDecision.TakenOut taken:
                (State, Said) = (CallState.Refused, taken.Said);
                break;
            default:
                State = CallState.Allowed;
                break;
        }
    }

    private static bool Differs(string? told, string? known) => told is not null && known is not null && told != known;
}
