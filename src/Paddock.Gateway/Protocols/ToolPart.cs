namespace Paddock.Gateway.Protocols;

/// <summary>What a part of an answer says about a tool call.</summary>
internal enum ToolPartKind
{
    /// <summary>The call is announced; its id and name are known.</summary>
    Begin,
    /// <summary>A piece of its arguments, to be appended to those before.</summary>
    Piece,
    /// <summary>All of its arguments at once, or once more.</summary>
    Whole,
    /// <summary>Something else about it that nobody here knows; it goes when the call is refused.</summary>
    Other,
    /// <summary>Nothing more comes.</summary>
    End,
    /// <summary>Nothing more comes for any call of the choice.</summary>
    EndOfChoice,
}

/// <summary>Which call of an answer: its choice (chat; else 0), and its index, block or output index there.</summary>
internal readonly record struct ToolKey(int Choice, int Index)
{
    /// <summary>Chat's old <c>function_call</c>, of which a choice has one.</summary>
    public const int OldFunction = -1;
}

/// <summary>One mention of a tool call in an event or a plain body. Ranges lie in the data that was read.</summary>
internal readonly record struct ToolPart(ToolPartKind Kind, ToolKey Key)
{
    /// <summary>The wire's word for the kind of call, such as <c>function_call</c>; null where it has only one.</summary>
    public string? Type { get; init; }

    /// <summary>How the request offered it, when the provider says that it has run it itself; null for the client's.</summary>
    public string? RunAs { get; init; }

    public string? CallId { get; init; }

    public string? Name { get; init; }

    /// <summary>Where the name stands, as a JSON string; not present where it is not told or is told in two parts.</summary>
    public ByteRange NameAt { get; init; }

    /// <summary>The JSON value that holds the arguments or a piece of them; not present when there is none.</summary>
    public ByteRange Value { get; init; }

    /// <summary>The value is a JSON string whose content is the arguments' text. Otherwise the value itself is.</summary>
    public bool IsText { get; init; }

    /// <summary>Where a member with the arguments can be put in when the call has none, just before a closing brace; 0 = nowhere.</summary>
    public int InsertAt { get; init; }

    /// <summary>What a text takes the place of when the call is taken out: the call's own object, or at the end of a choice the reason for it.</summary>
    public ByteRange Element { get; init; }

    /// <summary>The list the element is removed from, where nothing takes its place (chat); else not present.</summary>
    public ByteRange List { get; init; }

    /// <summary>The announcement is of a call that is whole.</summary>
    public bool IsDone { get; init; }

    /// <summary>The arguments are free text, not JSON.</summary>
    public bool IsFree { get; init; }
}
