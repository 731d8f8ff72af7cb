namespace Paddock.Gateway.Tests.Rig;

/// <summary>One turn of a task in Roo Code (3.52.1) with a model that reasons: the fourth message on the wire, after two tool calls at once and their results.</summary>
internal static class RooTurn
{
    public const string Request = """
        {"model":"anthropic/claude-sonnet-4.5","max_tokens":64000,"temperature":0,"messages":[{"role":"system","content":"You are Roo, a highly skilled software engineer …\n\n====\n\nRULES\n\n- The project base directory is: /work/shop"},
        {"role":"user","content":[{"type":"text","text":"<user_message>\nrename \"a\" to \"b\" \ud83d\ude00\n</user_message>"},{"type":"text","text":"<environment_details>\n# VSCode Visible Files\n\n\n# Current Mode\n<slug>code</slug>\n<name>💻 Code</name>\n<model>anthropic/claude-sonnet-4.5</model>\n</environment_details>"}]},
        {"role":"assistant","content":"I read both.","reasoning_details":[{"type":"reasoning.text","text":"Two files, it seems.","signature":"c2lnbmVk+/==","format":"anthropic-claude-v1","index":0},{"type":"reasoning.encrypted","data":"AAAA////","id":"rs_1","format":"openai-responses-v1","index":1}],"tool_calls":[{"id":"toolu_01","type":"function","function":{"name":"read_file","arguments":"{\"path\":\"a.ts\",\"mode\":\"slice\",\"offset\":1,\"limit\":2000,\"indentation\":null}"}},{"id":"toolu_02","type":"function","function":{"name":"list_files","arguments":"{\"path\":\".\",\"recursive\":false}"}}]},
        {"role":"tool","tool_call_id":"toolu_01","content":"File: a.ts\n1 | const a = 1\n"},{"role":"tool","tool_call_id":"toolu_02","content":"(empty)"},
        {"role":"user","content":[{"type":"text","text":"<environment_details>\n# Current Mode\n<slug>code</slug>\n</environment_details>"}]}],"stream":true,"stream_options":{"include_usage":true},"reasoning":{"enabled":true,"effort":"high"},
        "tools":[{"type":"function","function":{"name":"attempt_completion","description":"…","strict":true,"parameters":{"type":"object","properties":{"result":{"type":"string"}},"required":["result"],"additionalProperties":false}}},{"type":"function","function":{"name":"mcp--tickets--search","strict":false,"parameters":{"type":"object","properties":{"q":{"anyOf":[{"type":"string"},{"type":"null"}]}},"additionalProperties":false}}}],"tool_choice":"auto"}
        """;

    /// <summary>Reasoning in all its forms, two calls whose pieces interleave, and a usage whose cost is the provider's own.</summary>
    public const string Answer = """
        : OPENROUTER PROCESSING

        data: {"id":"gen-1","model":"anthropic/claude-sonnet-4.5","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"So ","reasoning_details":[{"type":"reasoning.text","text":"So ","format":"anthropic-claude-v1","index":0}]},"finish_reason":null}]}

        data: {"id":"gen-1","choices":[{"index":0,"delta":{"reasoning_content":"it is."},"finish_reason":null}]}

        data: {"id":"gen-1","choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.summary","summary":"Rename.","index":1},{"type":"reasoning.encrypted","data":"//8=","id":"rs_2","index":2},{"type":"reasoning.text","signature":"c2ln","index":0}]},"finish_reason":null}]}

        data: {"id":"gen-1","choices":[{"index":0,"delta":{"content":"I edit \u0022a\u0022."},"finish_reason":null}]}

        data: {"id":"gen-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"toolu_03","type":"function","function":{"name":"apply_diff","arguments":"{\"path\":\"a.ts\","}}]}}]}

        data: {"id":"gen-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"toolu_04","type":"function","function":{"name":"update_todo_list","arguments":""}}]}}]}

        data: {"id":"gen-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"diff\":\"<<<<<<< SEARCH\"}"}},{"index":1,"function":{"arguments":"{\"todos\":\"[x] all\"}"}}]}}]}

        data: {"id":"gen-1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: {"id":"gen-1","choices":[],"usage":{"prompt_tokens":12000,"completion_tokens":400,"prompt_tokens_details":{"cached_tokens":10000},"cache_creation_input_tokens":1000,"cost":0.99}}

        data: [DONE]


        """;
}
