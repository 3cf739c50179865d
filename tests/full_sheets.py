"""Whose sheet holds what in the made-up plans of ``plans/full``, and what each unit carries: written by hand."""

from __future__ import annotations

#: By year and unit: the rows on its sheet (tasks, safeguards, duties) with its roles and the groups it is named through.
SHEETS = {
    "2031": {
        "区委农村工作领导小组办公室": ["组织领导 responsible"],
        "区发展改革委": [
            "二、/（一）/1．/（2） responsible",
            "项目库 lead",
            "二、/（三）/二是 lead",
            "要素保障 responsible 通过领导小组成员单位",
        ],
        "区教育局": ["就业创业 responsible"],
        "区财政局": [
            "二、/（一）/1．/（2） responsible",
            "项目库 support",
            "供水提质 responsible",
            "二、/（三）/二是 support",
            "要素保障 responsible 通过领导小组成员单位",
            "资金保障和监督 responsible",
        ],
        "区人力资源社会保障局": ["就业创业 responsible"],
        "区自然资源局": ["村庄规划 lead"],
        "区交通运输局": ["农村公路 lead", "乡村旅游 responsible"],
        "区水务局": ["项目库 support", "供水提质 responsible", "黑臭水体 responsible"],
        "区农业农村局": [
            "村庄规划 support",
            "生态茶园 responsible",
            "要素保障 responsible 通过领导小组成员单位",
            "四、/（一） responsible",
        ],
        "区商务局": ["物流体系 responsible"],
        "区文化和旅游局": ["乡村旅游 responsible"],
        "区审计局": ["资金保障和监督 responsible"],
        "区邮政管理局": ["物流体系 responsible"],
        "乡村振兴科": ["消费帮扶 responsible"],
        "分管副区长": ["联系制度 responsible"],
        "各市、县人民政府": ["黑臭水体 responsible"],
        "各镇": [
            "村庄规划 support",
            "供水提质 responsible",
            "要素保障 responsible 通过各镇街",
            "四、/（三） responsible 通过各镇街",
        ],
        "各镇街": ["要素保障 responsible", "四、/（三） responsible"],
        "领导小组成员单位": ["要素保障 responsible"],
        "有关部门": ["农村公路 support"],
        "东川镇": [
            "村庄规划 support 通过各镇",
            "供水提质 responsible 通过各镇",
            "二、/（三）/四是 responsible",
            "要素保障 responsible 通过各镇街",
            "四、/（三） responsible 通过各镇街",
        ],
        # Members that the plan does not name themselves.
        "西坪镇": [
            "村庄规划 support 通过各镇",
            "供水提质 responsible 通过各镇",
            "要素保障 responsible 通过各镇街",
            "四、/（三） responsible 通过各镇街",
        ],
        "溪口街道": ["要素保障 responsible 通过各镇街", "四、/（三） responsible 通过各镇街"],
    },
    "2032": {
        "区教育局": ["一、/（一） lead", "一、/（二） responsible", "一、/（三） lead"],
        "区财政局": ["一、/（一） responsible"],
        "区人力资源社会保障局": ["一、/（二） lead"],
        "区农业农村局": ["一、/（三） support"],
        "各市、县人民政府": [f"一、/（{number}） responsible" for number in "一二三四"],
    },
    "2033": {
        "区农业农村局": ["一、 responsible"],
        "各镇": ["二、 responsible", "二、#2 responsible 通过各镇街"],
        "各镇街": ["二、#2 responsible"],
        "西坪镇": ["二、 responsible 通过各镇", "二、#2 responsible 通过各镇街"],
        "溪口街道": ["二、#2 responsible 通过各镇街"],
    },
    "2034": {
        "区财政局": ["扩大养殖 support"],
        "区农业农村局": ["扩大养殖 lead", "一、/（三）#2 responsible"],
        "区审计局": ["一、/（三） responsible"],
    },
}

_GOVERNMENTS = ("各市、县人民政府", ("重点任务（基础设施）第10项",))
_MEMBERS = ("领导小组成员单位", ("保障措施第二项",))
_CONCERNED = ("有关部门", ("重点任务（基础设施）第4项",))

#: By year and unit: the open groups that may hold it, with where they are named.
POSSIBLE: dict[str, dict[str, list[tuple[str, tuple[str, ...]]]]] = {
    "2031": {
        "区教育局": [_GOVERNMENTS, _MEMBERS, _CONCERNED],
        "区财政局": [_GOVERNMENTS, _CONCERNED],  # listed under 领导小组成员单位
        "东川镇": [_GOVERNMENTS, _MEMBERS, _CONCERNED],
        "各镇街": [],  # a group has no sheet of possibilities
    },
    "2032": {"区教育局": [("各市、县人民政府", ("重点任务第一、二、三、四项",))]},
    "2033": {"区农业农村局": []},
    "2034": {"区农业农村局": []},
}

#: By year and unit: kind, number of tasks, safeguards and duties, rows as lead, support, responsible.
LOADS = {
    "2031": {
        "区委农村工作领导小组办公室": ("unit", 0, 1, 0, 0, 0, 1),
        "区发展改革委": ("unit", 3, 0, 0, 2, 0, 1),
        "区教育局": ("unit", 1, 0, 0, 0, 0, 1),
        "区财政局": ("unit", 4, 0, 1, 0, 2, 3),
        "区人力资源社会保障局": ("unit", 1, 0, 0, 0, 0, 1),
        "区自然资源局": ("unit", 1, 0, 0, 1, 0, 0),
        "区交通运输局": ("unit", 2, 0, 0, 1, 0, 1),
        "区水务局": ("unit", 3, 0, 0, 0, 1, 2),
        "区农业农村局": ("unit", 2, 0, 1, 0, 1, 2),
        "区商务局": ("unit", 1, 0, 0, 0, 0, 1),
        "区文化和旅游局": ("unit", 1, 0, 0, 0, 0, 1),
        "区审计局": ("unit", 0, 0, 1, 0, 0, 1),
        "区邮政管理局": ("unit", 1, 0, 0, 0, 0, 1),
        "乡村振兴科": ("office", 1, 0, 0, 0, 0, 1),
        "分管副区长": ("post", 1, 0, 0, 0, 0, 1),
        "各市、县人民政府": ("group", 1, 0, 0, 0, 0, 1),
        "各镇": ("group", 2, 0, 0, 0, 1, 1),
        "各镇街": ("group", 0, 1, 1, 0, 0, 2),
        "领导小组成员单位": ("group", 0, 1, 0, 0, 0, 1),
        "有关部门": ("group", 1, 0, 0, 0, 1, 0),
        "东川镇": ("unit", 1, 0, 0, 0, 0, 1),
    },
    "2032": {
        "区教育局": ("unit", 3, 0, 0, 2, 0, 1),
        "区财政局": ("unit", 1, 0, 0, 0, 0, 1),
        "区人力资源社会保障局": ("unit", 1, 0, 0, 1, 0, 0),
        "区农业农村局": ("unit", 1, 0, 0, 0, 1, 0),
        "各市、县人民政府": ("group", 4, 0, 0, 0, 0, 4),
    },
    "2033": {
        "区农业农村局": ("unit", 1, 0, 0, 0, 0, 1),
        "各镇": ("group", 1, 0, 0, 0, 0, 1),
        "各镇街": ("group", 1, 0, 0, 0, 0, 1),
    },
    "2034": {
        "区财政局": ("unit", 1, 0, 0, 0, 1, 0),
        "区农业农村局": ("unit", 2, 0, 0, 1, 0, 1),
        "区审计局": ("unit", 1, 0, 0, 0, 0, 1),
    },
}
